import functools
import hashlib

from anthropic import Anthropic

client = Anthropic()


@functools.lru_cache(maxsize=32)
def answer(question: str, model: str = "claude-haiku-5-5") -> str:
    response = client.messages.create(model=model, max_tokens=40, messages=[{"role": "user", "content": question}])
    return response.content[0].text


for question in ["Port or left?", "Bow or front?", "Port or left?"]:
    key = hashlib.sha256(question.encode()).hexdigest()[:6]
    print(key, answer(question))
print(answer.cache_info().hits, "hit")
