from baseten_messages_client import Baseten, Message, models


def ask(client: Baseten) -> Message:
    return client.messages.create(
        model="zai-org/GLM-5.2",
        max_tokens=64,
        messages=[
            models.InputMessage(role="user", content="Hi"),
            {"role": "assistant", "content": [models.TextBlock(type="text", text="Hello!")]},
            {"role": "user", "content": [models.TextBlock(type="text", text="Add."), {"type": "text", "text": "1, 2"}]},
        ],
        tools=[models.ToolDefinition(name="add", input_schema={"type": "object"})],
        tool_choice=models.ToolChoiceTool(type="tool", name="add"),
        thinking=models.ThinkingEnabled(type="enabled", budget_tokens=1024),
        metadata=models.Metadata(user_id="u-1"),
    )
