from typing import Protocol

from baseten_messages_client import Baseten, Message, params


class CanCreate(Protocol):
    def create(self, *, model: str, max_tokens: int, messages: list[params.InputMessage]) -> Message: ...


class Bot:
    def __init__(self, messages: CanCreate) -> None:
        self._messages = messages

    def say(self, text: str) -> str:
        history: list[params.InputMessage] = [{"role": "user", "content": text}]
        return self._messages.create(model="zai-org/GLM-5.2", max_tokens=64, messages=history).text


print(Bot(Baseten().messages).say("Hi"))
