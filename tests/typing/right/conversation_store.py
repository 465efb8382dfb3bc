import json
from pathlib import Path
from typing import TypedDict

from baseten_messages_client import Baseten, params


class Conversation(TypedDict):
    id: str
    system: str
    messages: list[params.InputMessage]


class Store:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load(self, name: str) -> Conversation:
        loaded: Conversation = json.loads((self.folder / f"{name}.json").read_text())
        return loaded

    def save(self, conversation: Conversation) -> None:
        (self.folder / f"{conversation['id']}.json").write_text(json.dumps(conversation))


def go_on(client: Baseten, store: Store, name: str, text: str) -> str:
    conversation = store.load(name)
    conversation["messages"].append({"role": "user", "content": text})
    message = client.messages.create(
        model="zai-org/GLM-5.2", max_tokens=512, system=conversation["system"], messages=conversation["messages"]
    )
    conversation["messages"].append(message.to_param())
    store.save(conversation)
    return message.text
