from typing import Any

from baseten_messages_client import StopRunner, Tool, ToolInputError, tool


@tool(description="Read a file.")
def read(path: str, limit: int | None = None) -> str:
    if path.startswith("/"):
        raise StopRunner
    return path[:limit]


def call(chosen: Tool[..., Any], arguments: dict[str, object]) -> object:
    try:
        return chosen.bind_arguments(arguments)()
    except ToolInputError as error:
        return error.raw_input


print(call(read, {"path": "a", "limit": 3}), read.to_dict(), read.is_async, read.timeout)
