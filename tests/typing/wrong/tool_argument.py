from baseten_messages_client import tool


@tool
def add(a: int, b: int = 1) -> int:
    """Add two numbers."""
    return a + b


print(add(1), add(1, b=2))
print(add("1"))  # error: a number is needed
