from baseten_messages_client import AsyncBaseten, Baseten, Message, Tool, tool


@tool
def add(a: int, b: int) -> int:
    """Add two numbers."""
    return a + b


def ask(client: Baseten) -> Message:
    return client.messages.create(
        model="zai-org/GLM-5.2",
        max_tokens=64,
        messages=[{"role": "user", "content": "Add 1 and 2."}],
        tools=[
            add,
            add.definition,
            {"name": "sub", "description": "Subtract.", "input_schema": {"type": "object", "properties": {}}},
        ],
    )


async def ask_async(client: AsyncBaseten, sub: Tool[[int, int], int]) -> Message:
    return await client.messages.create(
        model="zai-org/GLM-5.2",
        max_tokens=64,
        messages=[{"role": "user", "content": "Add 1 and 2."}],
        tools=[add, sub],
    )
