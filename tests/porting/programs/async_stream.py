import asyncio

import anthropic


async def main() -> None:
    async with anthropic.AsyncAnthropic() as client:
        async with client.messages.stream(
            model="claude-opus-5-5",
            max_tokens=256,
            messages=[{"role": "user", "content": "Greet the crew."}],
        ) as stream:
            async for text in stream.text_stream:
                print(text, end="", flush=True)
            print()
            message = await stream.get_final_message()
            print(message.stop_reason, await stream.get_final_text() == message.content[0].text)


asyncio.run(main())
