from base64 import b64encode
from pathlib import Path

from baseten_messages_client import Baseten


def look(client: Baseten, picture: Path) -> str:
    data = b64encode(picture.read_bytes()).decode()
    message = client.messages.create(
        model="moonshotai/Kimi-K2.6",
        max_tokens=1024,
        messages=[
            {
                "role": "user",
                "content": [
                    {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": data}},
                    {"type": "image", "source": {"type": "url", "url": "https://example.com/a.png"}},
                    {"type": "image", "source": {"type": "file", "file_id": "file_1"}},
                    {"type": "text", "text": "What differs?"},
                ],
            }
        ],
    )
    return message.text
