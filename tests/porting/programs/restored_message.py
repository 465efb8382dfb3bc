import json

from anthropic import Anthropic
from anthropic.types import Message

STORED = json.dumps(
    {
        "id": "msg_old",
        "type": "message",
        "role": "assistant",
        "model": "some-model",
        "content": [{"type": "text", "text": "An old answer."}],
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": {"input_tokens": 3, "output_tokens": 4},
    }
)

cache = {"old question": Message.model_validate_json(STORED)}
client = Anthropic()


def ask(question: str) -> Message:
    if question not in cache:
        cache[question] = client.messages.create(
            model="claude-opus-5-5", max_tokens=64, messages=[{"role": "user", "content": question}]
        )
    return cache[question]


for question in ["old question", "new question", "new question"]:
    print(ask(question).content[0].text)
again = Message.model_validate(json.loads(ask("new question").model_dump_json()))
print(again.content[0].text, again.usage.output_tokens)
