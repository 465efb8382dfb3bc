import anthropic

client = anthropic.Anthropic()
r = client.messages.create(
    model="claude-opus-5-5",
    max_tokens=10,
    messages=[{"role": "user", "content": "Hi"}],
    extra_headers={"x-trace": "1"},
    extra_body={"top_k": 4},
    timeout=anthropic.NOT_GIVEN,
    metadata={"user_id": "u"},
    stop_sequences=["END"],
)
print(r.content[0].text, str(client.base_url).startswith("http://127.0.0.1"), client.base_url.host)
