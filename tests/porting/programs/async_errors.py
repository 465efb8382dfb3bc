import asyncio

import anthropic

client = anthropic.AsyncAnthropic(max_retries=0)


async def ask(prompt: str) -> str:
    message = await client.messages.create(
        model="claude-opus-5-5", max_tokens=64, messages=[{"role": "user", "content": prompt}], timeout=5
    )
    return message.content[0].text


async def main() -> None:
    results = await asyncio.gather(*(ask(f"question {i}") for i in range(3)), return_exceptions=True)
    failures = [r for r in results if isinstance(r, anthropic.APIError)]
    print(sorted(f"{type(f).__name__}: {'limit' in f.message}" for f in failures))
    print([r for r in results if not isinstance(r, BaseException)])
    async with client:
        try:
            await ask("again")
        except anthropic.AnthropicError as e:
            print("failed:", type(e).__name__)


asyncio.run(main())
