from pathlib import Path

import anthropic

client = anthropic.Anthropic()
target = Path("story.txt")

with (
    target.open("w", encoding="utf-8") as file,
    client.messages.stream(
        model="claude-opus-5-5",
        max_tokens=2048,
        messages=[{"role": "user", "content": "A very short story, please."}],
    ) as stream,
):
    characters = sum(file.write(text) for text in stream.text_stream)
    usage = stream.get_final_message().usage

print(target.read_text(encoding="utf-8"))
print(characters, usage.input_tokens, usage.output_tokens)
