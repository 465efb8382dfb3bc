from contextlib import AsyncExitStack, ExitStack

from baseten_messages_client import AsyncBaseten, Baseten


def read_both(first: str, second: str) -> list[str]:
    with ExitStack() as stack:
        client = stack.enter_context(Baseten())
        streams = [
            stack.enter_context(
                client.messages.stream(
                    model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": prompt}]
                )
            )
            for prompt in (first, second)
        ]
        return [stream.get_final_text() for stream in streams]


async def read(prompt: str) -> str:
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(AsyncBaseten())
        stream = await stack.enter_async_context(
            client.messages.stream(
                model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": prompt}]
            )
        )
        return await stream.get_final_text()
