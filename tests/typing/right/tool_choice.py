from baseten_messages_client import Baseten, Message, params


def choose(name: str | None) -> params.ToolChoice:
    if name is None:
        return {"type": "any"}
    return {"type": "tool", "name": name}


def ask(client: Baseten, name: str | None) -> Message:
    definition: params.ToolDefinition = {"name": "add", "input_schema": {"type": "object", "properties": {}}}
    return client.messages.create(
        model="zai-org/GLM-5.2",
        max_tokens=64,
        messages=[{"role": "user", "content": "Add 1 and 2."}],
        tools=[definition],
        tool_choice=choose(name),
    )
