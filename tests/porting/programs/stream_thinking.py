import anthropic

client = anthropic.Anthropic()

section = ""
with client.messages.stream(
    model="claude-sonnet-5-5",
    max_tokens=3000,
    thinking={"type": "enabled", "budget_tokens": 1024},
    messages=[{"role": "user", "content": "What is 12 times 12?"}],
) as stream:
    for event in stream:
        if event.type == "content_block_start":
            section = event.content_block.type
            print(f"[{section}]")
        elif event.type == "thinking":
            print("...", event.thinking.strip(), "|", event.snapshot)
        elif event.type == "signature":
            print("signed", event.signature)
        elif event.type == "text":
            print(event.text, end="")
        elif event.type == "message_stop":
            print()
