from anthropic import Anthropic

client = Anthropic()

message = client.messages.create(
    model="claude-opus-5-5",
    max_tokens=300,
    stop_sequences=["END", "STOP"],
    messages=[{"role": "user", "content": "List the parts of a mast. Write END when you are done."}],
)
if message.stop_reason == "stop_sequence":
    print(f"stopped at {message.stop_sequence!r}")
elif message.stop_reason == "max_tokens":
    print("cut")
print(message.content[0].text.split(", "))
