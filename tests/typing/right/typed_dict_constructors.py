from baseten_messages_client import params
from baseten_messages_client.params import InputMessage, TextBlock, ToolDefinition, ToolResultBlock

ADD = ToolDefinition(name="add", description="Add.", input_schema={"type": "object", "properties": {}})


def turns(question: str, call_id: str) -> list[InputMessage]:
    return [
        InputMessage(role="user", content=[TextBlock(type="text", text=question)]),
        InputMessage(
            role="user",
            content=[ToolResultBlock(type="tool_result", tool_use_id=call_id, content="3", is_error=False)],
        ),
        params.InputMessage(role="user", content="Go on."),
    ]


print(ADD["name"], turns("Hi", "toolu_1")[0]["role"])
