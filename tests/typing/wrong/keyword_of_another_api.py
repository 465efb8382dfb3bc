from baseten_messages_client import AsyncBaseten, Message


async def ask(client: AsyncBaseten) -> Message:
    return await client.messages.create(
        model="zai-org/GLM-5.2",
        max_completion_tokens=64,  # error: the keyword is max_tokens
        messages=[{"role": "user", "content": "Hi"}],
    )
