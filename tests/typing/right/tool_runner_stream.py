from baseten_messages_client import Baseten, MessageStream, ToolRunner, tool


@tool
def now() -> str:
    """Tell the time."""
    return "12:00"


def start(client: Baseten) -> ToolRunner[MessageStream]:
    return client.messages.tool_runner(
        tools=[now],
        stream=True,
        model="zai-org/GLM-5.2",
        max_tokens=64,
        messages=[{"role": "user", "content": "What time is it?"}],
    )


def run(client: Baseten) -> str:
    runner = start(client)
    for stream in runner:
        for text in stream.text_stream:
            print(text, end="", flush=True)
    return runner.until_done().text
