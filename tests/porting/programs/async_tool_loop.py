import asyncio

from anthropic import AsyncAnthropic
from anthropic.types import Message, ToolUseBlock

client = AsyncAnthropic()


async def depth(place: str) -> str:
    await asyncio.sleep(0)
    return {"harbor": "9 m", "channel": "14 m"}.get(place, "unknown")


async def answer(block: ToolUseBlock) -> dict:
    return {
        "type": "tool_result",
        "tool_use_id": block.id,
        "content": [{"type": "text", "text": await depth(**block.input)}],
    }


async def ask(messages: list) -> Message:
    return await client.messages.create(
        model="claude-opus-5-5",
        max_tokens=1024,
        tools=[{"name": "depth", "description": "Depth of a place.", "input_schema": {"type": "object"}}],
        messages=messages,
    )


async def main() -> None:
    messages = [{"role": "user", "content": "How deep are the harbor and the channel?"}]
    response = await ask(messages)
    while response.stop_reason == "tool_use":
        blocks = [block for block in response.content if isinstance(block, ToolUseBlock)]
        results = await asyncio.gather(*map(answer, blocks))
        messages += [{"role": "assistant", "content": response.content}, {"role": "user", "content": results}]
        response = await ask(messages)
    print(response.content[0].text)
    print([result["content"][0]["text"] for result in messages[-1]["content"]])
    await client.close()


asyncio.run(main())
