import json
from typing import Any

from baseten_messages_client import Baseten, Message, MessageStream


def ask(client: Baseten, messages: list[Any]) -> Message:
    return client.messages.create(model="zai-org/GLM-5.2", max_tokens=64, messages=messages)


def ask_from_file(client: Baseten, text: str) -> Message:
    return client.messages.create(model="zai-org/GLM-5.2", max_tokens=64, messages=json.loads(text))


def stream(client: Baseten, messages: list[Any], options: dict[str, Any]) -> MessageStream:
    return client.messages.create(
        model="zai-org/GLM-5.2", max_tokens=64, messages=messages, extra_body=options, stream=True
    )
