import json
from typing import Literal, Optional

from anthropic import Anthropic, beta_tool


@beta_tool(name="find", description="Find things.")
def search(q: str, kind: Literal["a", "b"] = "a", limit: Optional[int] = None) -> str:
    """Ignored.

    Args:
        q: The query.
    """
    return json.dumps([q, kind, limit])


print(
    search.name,
    search.description,
    sorted(search.input_schema["properties"]),
    search.input_schema["required"],
    search.to_dict()["name"],
)
print(search("z"))
runner = Anthropic().beta.messages.tool_runner(
    model="claude-opus-5-5", max_tokens=99, tools=[search], thread=False, messages=[{"role": "user", "content": "x"}]
)
for message in runner:
    print(message.stop_reason, [b.type for b in message.content])
