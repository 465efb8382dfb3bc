from typing import Self, assert_type

from baseten_messages_client import Baseten, BaseTool, tool


class Maths:
    factor = 3

    @classmethod
    @tool
    def scale(cls, number: int) -> int:
        """Multiply a number."""
        return cls.factor * number

    @tool
    def add(self, number: int) -> str:
        """Add a number."""
        return str(self.factor + number)

    @staticmethod
    @tool
    def now(zone: str) -> float:
        """Tell the time."""
        return float(len(zone))

    def me(self) -> Self:
        return self


def use(client: Baseten) -> str:
    assert_type(Maths.scale(2), int)
    assert_type(Maths().scale(2), int)
    assert_type(Maths().add(2), str)
    assert_type(Maths.now("UTC"), float)
    tools: list[BaseTool] = [Maths.scale, Maths().add, Maths.now]
    return (
        client.messages.tool_runner(
            tools=tools, model="m", max_tokens=10, messages=[{"role": "user", "content": "Scale 2."}]
        )
        .until_done()
        .text
    )
