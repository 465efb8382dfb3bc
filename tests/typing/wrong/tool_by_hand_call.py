from baseten_messages_client import Tool


def echo(text: str) -> str:
    return text


echo_tool = Tool(name="echo", input_schema={"type": "object"}, function=echo)
print(echo_tool(text=1))  # error: a string is needed
