from collections.abc import Iterable, Sequence

from baseten_messages_client import Baseten, params


def pairs(lines: Iterable[tuple[str, str]]) -> Sequence[params.InputMessage]:
    turns: list[params.InputMessage] = []
    for question, answer in lines:
        turns.append({"role": "user", "content": question})
        turns.append({"role": "assistant", "content": answer})
    return turns


def ask(client: Baseten, examples: Iterable[tuple[str, str]], question: str) -> str:
    message = client.messages.create(
        model="zai-org/GLM-5.2",
        max_tokens=64,
        messages=[*pairs(examples), {"role": "user", "content": question}],
    )
    return message.text
