from dataclasses import dataclass

from baseten_messages_client import Baseten, params


@dataclass
class Person:
    name: str


def people(client: Baseten, messages: list[params.InputMessage]) -> None:
    client.messages.parse(output_type=[Person], model="m", max_tokens=64, messages=messages)  # error: not a type
