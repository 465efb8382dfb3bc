import asyncio

from anthropic import AsyncAnthropic


async def main() -> None:
    async with AsyncAnthropic() as client:
        raw = await client.messages.with_raw_response.create(
            model="claude-opus-5-5", max_tokens=64, messages=[{"role": "user", "content": "Ping"}]
        )
        remaining = int(raw.headers.get("x-ratelimit-remaining-tokens", 0))
        message = await raw.parse()
        print(remaining, raw.request_id, raw.http_response.status_code, message.content[0].text)


asyncio.run(main())
