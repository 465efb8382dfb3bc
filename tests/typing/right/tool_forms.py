from functools import partial

from baseten_messages_client import BaseTool, tool


def search(text: str, limit: int = 5) -> list[str]:
    """Search for a text."""
    return [text] * limit


class Notes:
    def __init__(self) -> None:
        self.lines: list[str] = []

    def write(self, line: str) -> int:
        """Write a line."""
        self.lines.append(line)
        return len(self.lines)

    @tool
    @staticmethod
    def greet(name: str) -> str:
        """Greet somebody."""
        return f"Hello, {name}!"


search_tool = tool(search)
named_tool = tool(name="find", description="Find a text.")(search)
other_tool = tool(search, name="look_up", timeout=1)
short_tool = tool(partial(search, limit=1))
write_tool = tool(Notes().write)
TOOLS: list[BaseTool] = [search_tool, named_tool, other_tool, short_tool, write_tool]
print(search_tool("a", limit=2)[0].upper(), write_tool("b") + 1, short_tool("c"), Notes.greet("Ada").upper())
