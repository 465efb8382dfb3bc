import anthropic

client = anthropic.Anthropic()

with client.messages.stream(
    model="claude-opus-5-5",
    max_tokens=100,
    messages=[{"role": "user", "content": "Spell the alphabet of signals."}],
) as stream:
    for text in stream.text_stream:
        so_far = stream.current_message_snapshot.content[0].text
        if so_far.endswith("Charlie"):
            print("so far:", so_far)
    stream.until_done()
    print(stream.current_message_snapshot.usage.output_tokens, stream.current_message_snapshot.stop_reason)
