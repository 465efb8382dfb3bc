from baseten_messages_client import AsyncBaseten, Message


async def ask(client: AsyncBaseten, question: str) -> Message:
    return await client.messages.create(  # error: max_tokens is missing
        model="zai-org/GLM-5.2", messages=[{"role": "user", "content": question}]
    )
