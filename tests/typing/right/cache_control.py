from baseten_messages_client import Baseten


def ask(client: Baseten, book: str, question: str) -> str:
    message = client.messages.create(
        model="zai-org/GLM-5.2",
        max_tokens=1024,
        system=[
            {"type": "text", "text": "Answer from the book."},
            {"type": "text", "text": book, "cache_control": {"type": "ephemeral", "ttl": "1h"}},
        ],
        tools=[
            {
                "name": "find_page",
                "description": "Find a page.",
                "input_schema": {"type": "object", "properties": {"words": {"type": "string"}}},
                "cache_control": {"type": "ephemeral"},
            }
        ],
        messages=[
            {
                "role": "user",
                "content": [{"type": "text", "text": question, "cache_control": {"type": "ephemeral"}}],
            }
        ],
    )
    return message.text
