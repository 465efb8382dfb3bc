from collections.abc import Callable, Sequence
from typing import Any

from baseten_messages_client import AnyTool, Baseten, BaseTool, Tool, tool


class Registry:
    def __init__(self) -> None:
        self._tools: dict[str, BaseTool] = {}

    def add(self, function: Callable[..., Any]) -> Tool[..., Any]:
        made = tool(function)
        self._tools[made.name] = made
        return made

    def all(self) -> list[BaseTool]:
        return list(self._tools.values())


registry = Registry()


@registry.add
def double(number: int) -> int:
    """Double a number."""
    return 2 * number


def run(client: Baseten, search: bool) -> str:
    tools: Sequence[AnyTool] = registry.all()
    if search:
        tools = [*tools, {"type": "baseten__exa__web_search_exa"}]
    return (
        client.messages.tool_runner(
            tools=tools, model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": "Hi"}]
        )
        .until_done()
        .text
    )
