from anthropic import Anthropic

m = Anthropic().messages.create(model="claude-opus-5-5", max_tokens=10, messages=[{"role": "user", "content": "x"}])
print(sorted(m.to_dict(mode="json"))[:2], m.to_dict(exclude_none=True)["type"])
