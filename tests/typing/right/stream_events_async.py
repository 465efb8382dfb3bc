from baseten_messages_client import AsyncBaseten, AsyncMessageStream


async def read(stream: AsyncMessageStream) -> str:
    parts: list[str] = []
    async for event in stream:
        if event.type != "content_block_delta":
            continue
        if event.delta.type == "text_delta":
            parts.append(event.delta.text)
    return "".join(parts)


async def main(client: AsyncBaseten) -> str:
    async with client.messages.stream(
        model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": "Hi"}]
    ) as stream:
        return await read(stream)
