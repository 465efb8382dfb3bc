from dataclasses import dataclass

from baseten_messages_client import Baseten


@dataclass
class Person:
    name: str
    age: int


def read(client: Baseten, text: str) -> str:
    parsed = client.messages.parse(
        output_type=Person,
        model="zai-org/GLM-5.2",
        max_tokens=256,
        messages=[{"role": "user", "content": text}],
    )
    return str(parsed.output.nmae)  # error: misspelt field
