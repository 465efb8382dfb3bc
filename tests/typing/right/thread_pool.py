from concurrent.futures import ThreadPoolExecutor
from functools import partial

from baseten_messages_client import Baseten


def translate(client: Baseten, language: str, text: str) -> str:
    return client.messages.create(
        model="zai-org/GLM-5.2",
        max_tokens=256,
        system=f"Translate into {language}.",
        messages=[{"role": "user", "content": text}],
    ).text


def translate_all(texts: list[str]) -> list[str]:
    with Baseten() as client, ThreadPoolExecutor() as threads:
        return list(threads.map(partial(translate, client, "French"), texts))
