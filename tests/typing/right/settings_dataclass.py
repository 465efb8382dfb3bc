from dataclasses import dataclass

from baseten_messages_client import Baseten, CreateParams, Message


@dataclass
class Settings:
    model: str = "zai-org/GLM-5.2"
    max_tokens: int = 1024
    temperature: float = 0.7


def fields(settings: Settings, question: str) -> CreateParams:
    return {
        "model": settings.model,
        "max_tokens": settings.max_tokens,
        "temperature": settings.temperature,
        "messages": [{"role": "user", "content": question}],
    }


def ask(client: Baseten, settings: Settings, question: str) -> Message:
    return client.messages.create(**fields(settings, question))
