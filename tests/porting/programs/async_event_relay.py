import asyncio
import json
from contextlib import AsyncExitStack

from anthropic import AsyncAnthropic


async def events(client, q):
    async with AsyncExitStack() as stack:
        s = await stack.enter_async_context(
            client.messages.stream(model="claude-opus-5-5", max_tokens=10, messages=[{"role": "user", "content": q}])
        )
        async for event in s:
            if event.type == "content_block_delta":
                yield f"data: {json.dumps(event.delta.to_dict(), sort_keys=True)}"
        yield f"done {(await s.get_final_message()).usage.output_tokens > 0} {s.request_id is None or True}"


async def main():
    client = AsyncAnthropic()
    async for line in events(client, "x"):
        print(line)
    await client.close()


asyncio.run(main())
