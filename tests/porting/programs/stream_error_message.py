import anthropic

client = anthropic.Anthropic(max_retries=0)

pieces = []
try:
    for event in client.messages.create(
        model="claude-opus-5-5", max_tokens=500, messages=[{"role": "user", "content": "Go"}], stream=True
    ):
        if event.type == "content_block_delta":
            pieces.append(event.delta.text)
except anthropic.APIError as e:
    print(pieces, "Server is busy" in e.message, e.request.url.path)
    print(e.body["error"]["type"], e.response.status_code, e.response.headers["request-id"])
