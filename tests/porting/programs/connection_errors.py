import anthropic

client = anthropic.Anthropic(max_retries=0, timeout=0.2)


def ask(prompt):
    return client.messages.create(model="claude-opus-5-5", max_tokens=9, messages=[{"role": "user", "content": prompt}])


for prompt in ("dropped", "slow"):
    try:
        ask(prompt)
    except anthropic.APITimeoutError as e:
        print("timeout:", isinstance(e, anthropic.APIConnectionError), bool(e.message), e.request.url.path)
    except anthropic.APIConnectionError as e:
        print("connection:", type(e.__cause__).__name__, bool(e.message), e.request.method)

print(ask("works").content[0].text)
try:
    client.with_options(base_url="http://127.0.0.1:9").messages.create(
        model="claude-opus-5-5", max_tokens=9, messages=[{"role": "user", "content": "refused"}]
    )
except anthropic.APIError as e:
    print(type(e).__name__)
