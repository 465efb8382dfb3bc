from typing import TypeVar

from baseten_messages_client import Baseten

T = TypeVar("T")


def extract(client: Baseten, kind: type[T], text: str) -> T:
    parsed = client.messages.parse(
        output_type=kind,
        model="zai-org/GLM-5.2",
        max_tokens=256,
        messages=[{"role": "user", "content": text}],
    )
    print(parsed.usage.output_tokens, parsed.stop_reason)
    return parsed.output
