import anthropic

client = anthropic.Anthropic()

with client.messages.stream(
    model="claude-opus-5-5", max_tokens=64, messages=[{"role": "user", "content": "Ping"}]
) as stream:
    print(stream.response.status_code, stream.response.headers["x-region"], stream.request_id)
    print(stream.get_final_text())

events = client.messages.create(
    model="claude-opus-5-5", max_tokens=64, messages=[{"role": "user", "content": "Ping"}], stream=True
)
print(events.response.headers["x-region"])
print("".join(event.delta.text for event in events if event.type == "content_block_delta"))
