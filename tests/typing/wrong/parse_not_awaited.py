from baseten_messages_client import AsyncBaseten


async def count(client: AsyncBaseten) -> int:
    parsed = client.messages.parse(
        output_type=int, model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": "Count."}]
    )
    return parsed.output  # error: the call was not awaited
