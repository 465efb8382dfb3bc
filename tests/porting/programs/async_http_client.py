import asyncio

import httpx2
from anthropic import AsyncAnthropic, DefaultAsyncHttpxClient


async def main() -> None:
    limits = httpx2.Limits(max_connections=2, max_keepalive_connections=1)
    async with AsyncAnthropic(http_client=DefaultAsyncHttpxClient(limits=limits, timeout=10)) as client:
        tasks = [
            asyncio.create_task(
                client.messages.create(
                    model="claude-haiku-5-5", max_tokens=9, messages=[{"role": "user", "content": str(number)}]
                )
            )
            for number in range(4)
        ]
        done = 0
        for task in asyncio.as_completed(tasks):
            message = await task
            done += message.usage.output_tokens
    print(done)


asyncio.run(main())
