from baseten_messages_client import tool


@tool(title="add")  # error: the option is named name
def add(a: int, b: int) -> int:
    """Add two numbers."""
    return a + b
