from baseten_messages_client import Baseten, BaseTool, Message


def ask(client: Baseten, tools: list[BaseTool]) -> Message:
    return client.messages.create(
        model="zai-org/GLM-5.2",
        max_tokens=64,
        messages=[{"role": "user", "content": "Hi"}],
        tools=tools,
        tool_choice={"type": "required"},  # error: the type is any
    )
