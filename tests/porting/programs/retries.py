import anthropic

patient = anthropic.Anthropic(max_retries=3)
request = {"model": "claude-haiku-5-5", "max_tokens": 9, "messages": [{"role": "user", "content": "Hi"}]}

print(patient.messages.create(**request).content[0].text)

try:
    patient.with_options(max_retries=1).messages.create(**request)
except anthropic.InternalServerError as e:
    print("gave up:", e.status_code)

with patient.messages.stream(**request) as stream:
    print(stream.get_final_text())
