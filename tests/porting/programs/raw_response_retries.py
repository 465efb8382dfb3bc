from anthropic import Anthropic

r = Anthropic().messages.with_raw_response.create(
    model="claude-opus-5-5", max_tokens=10, messages=[{"role": "user", "content": "x"}]
)
print(r.retries_taken)
