import anthropic

client = anthropic.Anthropic(max_retries=0)

try:
    client.messages.create(model="claude-opus-5-5", max_tokens=64, messages=[{"role": "user", "content": "Too much"}])
except anthropic.APIError as e:
    print(type(e).__name__, e.status_code, e.request_id)
    print("credit" in e.message, "credit" in str(e))
    print(e.request.method, e.request.url.path)
    print(e.response.status_code, e.response.headers["x-ratelimit-reset"], e.response.json()["error"]["type"])
    print(e.body["error"]["message"])
