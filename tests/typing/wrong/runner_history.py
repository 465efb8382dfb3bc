from baseten_messages_client import Message, ToolRunner


def last_text(runner: ToolRunner[Message]) -> str:
    return str(runner.messages[-1].text)  # error: the history holds dicts
