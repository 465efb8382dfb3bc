from typing import Literal

from baseten_messages_client import params

Role = Literal["user", "assistant"]


class History:
    def __init__(self) -> None:
        self.turns: list[params.InputMessage] = []

    def add(self, role: Role, content: str | list[params.ContentBlock]) -> "History":
        self.turns.append({"role": role, "content": content})
        return self

    def last_text(self) -> str:
        content = self.turns[-1]["content"]
        return content if isinstance(content, str) else ""


print(History().add("user", "Hi").add("assistant", [{"type": "text", "text": "Hello!"}]).last_text())
