from dataclasses import dataclass

from baseten_messages_client import Baseten


@dataclass
class Person:
    name: str


def find(client: Baseten, text: str) -> str:
    parsed = client.messages.parse(
        output_type=Person | None,
        model="zai-org/GLM-5.2",
        max_tokens=256,
        messages=[{"role": "user", "content": text}],
    )
    return parsed.output.name  # error: the output may be None
