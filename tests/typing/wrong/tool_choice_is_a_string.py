from baseten_messages_client import Baseten, Message, params


def ask(client: Baseten, tools: list[params.ToolDefinition]) -> Message:
    return client.messages.create(
        model="zai-org/GLM-5.2",
        max_tokens=64,
        messages=[{"role": "user", "content": "Add 1 and 2."}],
        tools=tools,
        tool_choice="auto",  # error: a dict is needed
    )
