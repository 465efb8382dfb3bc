from baseten_messages_client import Baseten, Message


async def ask(client: Baseten) -> Message:
    return await client.messages.create(  # error: a sync call cannot be awaited
        model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": "Hi"}]
    )
