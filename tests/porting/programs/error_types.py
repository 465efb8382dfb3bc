import anthropic

client = anthropic.Anthropic(max_retries=0)
seen = []
for _ in range(3):
    try:
        client.messages.create(model="claude-opus-5-5", max_tokens=9, messages=[{"role": "user", "content": "Hi"}])
    except anthropic.APIStatusError as error:
        seen.append((error.type, error.body if isinstance(error.body, str) else "json", error.response.text[:5]))
        assert error.response.request.headers["content-type"] == "application/json"
for entry in seen:
    print(*entry)
