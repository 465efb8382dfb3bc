import anthropic
import httpx2

client = anthropic.Anthropic(max_retries=0)

text = ""
try:
    with client.messages.stream(
        model="claude-opus-5-5", max_tokens=100, messages=[{"role": "user", "content": "Go"}]
    ) as stream:
        for piece in stream.text_stream:
            text += piece
    print("complete")
except (anthropic.APIConnectionError, httpx2.TransportError):
    print("cut after:", text, "/", stream.current_message_snapshot.content[0].text)
