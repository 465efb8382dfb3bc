import asyncio

import anthropic


async def main():
    client = anthropic.AsyncAnthropic(max_retries=0)
    kw = {"model": "claude-opus-5-5", "max_tokens": 10, "messages": [{"role": "user", "content": "x"}]}
    try:
        await asyncio.wait_for(client.messages.create(**kw), 0.2)
    except asyncio.TimeoutError:
        print("gave up")
    print((await client.with_options(timeout=5).messages.create(**kw)).content[0].text)
    await client.close()


asyncio.run(main())
