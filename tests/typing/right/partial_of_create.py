from collections.abc import Callable
from functools import partial

from baseten_messages_client import Baseten, Message


def make(client: Baseten) -> Callable[[str], Message]:
    def ask(question: str) -> Message:
        return client.messages.create(
            model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": question}]
        )

    return ask


def translate(ask: Callable[[str], Message], language: str, text: str) -> str:
    return ask(f"Translate into {language}: {text}").text


french = partial(translate, make(Baseten()), "French")
print(french("Hello!").upper())
