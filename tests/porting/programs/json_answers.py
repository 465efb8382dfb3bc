import json

import anthropic

client = anthropic.Anthropic()


def classify(text: str, attempts: int = 3) -> dict:
    messages = [{"role": "user", "content": f'Answer with JSON like {{"mood": "good", "score": 1}}. Text: {text}'}]
    for attempt in range(1, attempts + 1):
        reply = client.messages.create(model="claude-haiku-5-5", max_tokens=100, messages=messages)
        raw = reply.content[0].text
        try:
            return json.loads(raw.removeprefix("```json").removesuffix("```"))
        except json.JSONDecodeError as e:
            print(f"attempt {attempt}: {e.msg}")
            messages.append({"role": "assistant", "content": raw})
            messages.append({"role": "user", "content": f"That is not JSON: {e}"})
    raise ValueError("no JSON")


print(classify("What a fine day at sea."))
