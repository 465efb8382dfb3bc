import base64
from pathlib import Path

from anthropic import Anthropic
from anthropic.types import ImageBlockParam, TextBlockParam

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
Path("flag.png").write_bytes(base64.b64decode(PIXEL))


def load(path: Path) -> ImageBlockParam:
    data = base64.standard_b64encode(path.read_bytes()).decode("utf-8")
    return {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": data}}


client = Anthropic()
question: TextBlockParam = {"type": "text", "text": "Which flag is this?"}
message = client.messages.create(
    model="claude-opus-5-5",
    max_tokens=64,
    messages=[{"role": "user", "content": [load(Path("flag.png")), question]}],
)
print(message.content[0].text)
