from baseten_messages_client import tool


@tool
def length(text: str) -> int:
    """Measure a text."""
    return len(text)


title: str = length("Hi")  # error: the tool returns a number
