from baseten_messages_client import AsyncBaseten, models, tool


@tool
async def lookup(key: str) -> str:
    """Look up a key."""
    return key


async def audit(call: models.ToolUseBlock) -> None:
    print(call.name)


async def run(client: AsyncBaseten) -> str:
    runner = client.messages.tool_runner(
        tools=[lookup],
        before_tool=audit,
        model="zai-org/GLM-5.2",
        max_tokens=64,
        messages=[{"role": "user", "content": "Look up a."}],
    )
    return (await runner.until_done()).text
