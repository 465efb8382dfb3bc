from baseten_messages_client import Baseten, tool


@tool
def add(a: int, b: int) -> int:
    """Add two numbers."""
    return a + b


def run(client: Baseten) -> str:
    runner = client.messages.tool_runner(
        tools=[add],
        before_tool=lambda call: print(f"tool {call.name}({call.input})"),
        after_tool=lambda call, result: print(f"{call.id}: {result.content}"),
        model="zai-org/GLM-5.2",
        max_tokens=64,
        messages=[{"role": "user", "content": "Add 17 and 25."}],
    )
    return runner.until_done().text
