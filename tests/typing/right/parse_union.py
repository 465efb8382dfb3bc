from dataclasses import dataclass
from typing import Literal

from baseten_messages_client import Baseten

Mood = Literal["good", "bad"]


@dataclass
class Person:
    name: str


def find(client: Baseten, text: str) -> Person | None:
    parsed = client.messages.parse(
        output_type=Person | None,
        model="zai-org/GLM-5.2",
        max_tokens=256,
        messages=[{"role": "user", "content": f"Who is in this text? {text}"}],
    )
    person = parsed.output
    return person if person is not None and person.name else None


def mood(client: Baseten, text: str) -> Mood:
    return client.messages.parse(
        output_type=Mood,
        model="zai-org/GLM-5.2",
        max_tokens=256,
        messages=[{"role": "user", "content": text}],
    ).output
