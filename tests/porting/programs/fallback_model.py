import anthropic

client = anthropic.Anthropic(max_retries=0)

MODELS = ["claude-opus-5-5", "claude-haiku-5-5"]


def ask(prompt):
    for position, model in enumerate(MODELS):
        try:
            reply = client.messages.create(model=model, max_tokens=64, messages=[{"role": "user", "content": prompt}])
            return position, reply.content[0].text
        except anthropic.APIStatusError as e:
            if e.status_code != 529 and not (
                isinstance(e.body, dict) and e.body["error"]["type"] == "overloaded_error"
            ):
                raise
            print("busy:", e.status_code)
    return None


print(ask("Are you there?"))
try:
    ask("Are you still there?")
except anthropic.NotFoundError as e:
    print("not found:", e.body["error"]["message"])
