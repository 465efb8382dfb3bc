import sys

import anthropic

client = anthropic.Anthropic()

with client.messages.stream(
    model="claude-opus-5-5",
    max_tokens=1024,
    messages=[{"role": "user", "content": "Describe the sea in one line."}],
) as stream:
    for text in stream.text_stream:
        print(text, end="", flush=True)
    print()
    message = stream.get_final_message()

sys.stdout.write(f"[{message.stop_reason}, {message.usage.output_tokens} tokens]\n")
