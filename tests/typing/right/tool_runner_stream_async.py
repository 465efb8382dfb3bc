from baseten_messages_client import AsyncBaseten, tool


@tool
async def now() -> str:
    """Tell the time."""
    return "12:00"


async def run(client: AsyncBaseten) -> str:
    runner = client.messages.tool_runner(
        tools=[now],
        stream=True,
        model="zai-org/GLM-5.2",
        max_tokens=64,
        messages=[{"role": "user", "content": "What time is it?"}],
    )
    async for stream in runner:
        async for event in stream:
            if event.type == "content_block_delta" and event.delta.type == "text_delta":
                print(event.delta.text, end="")
    last = runner.last_message
    return "" if last is None else last.text
