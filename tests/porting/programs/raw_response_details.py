from anthropic import Anthropic

response = Anthropic().messages.with_raw_response.create(
    model="claude-opus-5-5", max_tokens=10, messages=[{"role": "user", "content": "Hi"}]
)
print(response.status_code, response.headers["content-type"])
print(response.http_request.method, response.method, response.url.path)
print(response.json()["content"][0]["text"], response.text()[:1], len(response.read()) > 9)
print(response.parse().content[0].text)
