import anthropic

client = anthropic.Anthropic(max_retries=0)
for _ in range(3):
    try:
        client.messages.create(model="claude-opus-5-5", max_tokens=10, messages=[{"role": "user", "content": "x"}])
    except anthropic.APIStatusError as e:
        print(
            type(e).__name__,
            e.status_code,
            isinstance(e.body, dict),
            e.response.status_code,
            e.response.headers.get("content-type"),
            e.request.method,
            e.request.url.path,
        )
        if isinstance(e.body, dict) and isinstance(e.body.get("error"), dict):
            print(e.body["error"]["type"], e.response.json()["error"]["message"], e.request_id, e.type)
        else:
            print(e.response.text)
