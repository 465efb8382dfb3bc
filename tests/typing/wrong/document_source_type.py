from baseten_messages_client import Baseten, Message


def ask(client: Baseten, url: str) -> Message:
    return client.messages.create(
        model="moonshotai/Kimi-K2.6",
        max_tokens=64,
        messages=[
            {
                "role": "user",
                "content": [
                    {"type": "document", "source": {"type": "link", "url": url}},  # error: the type is url
                    {"type": "text", "text": "Summarize."},
                ],
            }
        ],
    )
