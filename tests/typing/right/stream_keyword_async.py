from collections.abc import AsyncIterator

from baseten_messages_client import AsyncBaseten


async def tokens(client: AsyncBaseten, prompt: str) -> AsyncIterator[str]:
    stream = await client.messages.create(
        model="zai-org/GLM-5.2",
        max_tokens=64,
        messages=[{"role": "user", "content": prompt}],
        stream=True,
    )
    async with stream:
        async for event in stream:
            if event.type == "content_block_delta" and event.delta.type == "text_delta":
                yield event.delta.text
