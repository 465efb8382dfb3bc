from baseten_messages_client import Tool


def echo(text: str) -> str:
    return text


echo_tool = Tool(name="echo", schema={"type": "object"}, function=echo)  # error: the keyword is input_schema
