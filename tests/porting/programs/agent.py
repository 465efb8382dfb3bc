from collections.abc import Callable
from typing import Any

import anthropic
from anthropic.types import MessageParam, ToolParam, ToolResultBlockParam, ToolUseBlock


class Agent:
    def __init__(self, client: anthropic.Anthropic, system: str) -> None:
        self.client, self.system = client, system
        self.tools: dict[str, tuple[ToolParam, Callable[..., Any]]] = {}
        self.messages: list[MessageParam] = []

    def tool(self, description: str, **properties: str):
        def register(function):
            schema = {"type": "object", "properties": {name: {"type": kind} for name, kind in properties.items()}}
            definition = ToolParam(name=function.__name__, description=description, input_schema=schema)
            self.tools[function.__name__] = definition, function
            return function

        return register

    def call(self, block: ToolUseBlock) -> ToolResultBlockParam:
        try:
            _, function = self.tools[block.name]
            return ToolResultBlockParam(type="tool_result", tool_use_id=block.id, content=str(function(**block.input)))
        except Exception as e:
            return ToolResultBlockParam(
                type="tool_result", tool_use_id=block.id, content=f"{type(e).__name__}: {e}", is_error=True
            )

    def run(self, task: str, max_steps: int = 5) -> str:
        self.messages.append({"role": "user", "content": task})
        for _ in range(max_steps):
            reply = self.client.messages.create(
                model="claude-opus-5-5",
                max_tokens=2048,
                system=self.system,
                tools=[definition for definition, _ in self.tools.values()],
                tool_choice={"type": "auto"},
                messages=self.messages,
            )
            self.messages.append({"role": "assistant", "content": reply.content})
            calls = [block for block in reply.content if block.type == "tool_use"]
            if not calls:
                return "".join(block.text for block in reply.content if block.type == "text")
            self.messages.append({"role": "user", "content": [self.call(call) for call in calls]})
        raise RuntimeError("too many steps")


agent = Agent(anthropic.Anthropic(), "You keep the stores.")
STORES = {"rope": 4}


@agent.tool("Take things from the stores.", thing="string", count="integer")
def take(thing, count):
    STORES[thing] -= count
    return STORES[thing]


@agent.tool("List the stores.")
def stores():
    return STORES


print(agent.run("Take three ropes and a sail, then list the stores."))
for message in agent.messages[2::2]:
    for result in message["content"]:
        print(result["tool_use_id"], result["content"], result.get("is_error", False))
