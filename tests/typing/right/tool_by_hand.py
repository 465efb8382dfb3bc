from typing import Any

from baseten_messages_client import AnyTool, Baseten, Tool, models


def echo(text: str) -> str:
    return text


echo_tool = Tool(
    name="echo",
    description="Say it again.",
    input_schema={"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"]},
    function=echo,
    timeout=2.5,
)


def from_registry(name: str, schema: dict[str, Any]) -> AnyTool:
    return models.ToolDefinition(name=name, input_schema=schema)


def ask(client: Baseten, tools: list[AnyTool]) -> str:
    runner = client.messages.tool_runner(
        tools=[*tools, echo_tool, from_registry("noop", {"type": "object"})],
        model="zai-org/GLM-5.2",
        max_tokens=64,
        messages=[{"role": "user", "content": "Echo."}],
    )
    return runner.until_done().text


print(echo_tool("Hi").upper(), echo_tool(text="Hi"))
