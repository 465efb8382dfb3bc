from anthropic import Anthropic, beta_tool


@beta_tool
def shot():
    """Take a picture."""
    return [
        {"type": "text", "text": "here"},
        {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "aGk="}},
    ]


print(
    Anthropic()
    .beta.messages.tool_runner(
        model="claude-opus-5-5", max_tokens=99, tools=[shot], thread=False, messages=[{"role": "user", "content": "x"}]
    )
    .until_done()
    .content[0]
    .text
)
