from anthropic import Anthropic

client = Anthropic()


def write_all(prompt: str, max_rounds: int = 5) -> str:
    """Ask for more until the model has said everything."""
    messages = [{"role": "user", "content": prompt}]
    text = ""
    for _ in range(max_rounds):
        message = client.messages.create(model="claude-sonnet-5-5", max_tokens=8, messages=messages)
        text += message.content[0].text
        if message.stop_reason != "max_tokens":
            return text
        messages += [
            {"role": "assistant", "content": message.content},
            {"role": "user", "content": "Go on where you stopped."},
        ]
    raise RuntimeError("too long")


print(write_all("Tell a story of the sea."))
