import anthropic
from anthropic import beta_tool

client = anthropic.Anthropic()


@beta_tool
def ring(times: int) -> str:
    """Ring the bell.

    Args:
        times: How often.
    """
    return "ding " * times


runner = client.beta.messages.tool_runner(
    model="claude-opus-5-5",
    max_tokens=1024,
    tools=[ring],
    messages=[{"role": "user", "content": "Ring the bell twice."}],
    stream=True,
)
for stream in runner:
    for event in stream:
        if event.type == "text":
            print(event.text, end="")
        elif event.type == "content_block_stop" and event.content_block.type == "tool_use":
            print("[ring", event.content_block.input["times"], end="] ")
    print(stream.get_final_message().stop_reason)
