from baseten_messages_client import Baseten


def add(a: int, b: int) -> int:
    return a + b


def ask(client: Baseten) -> str:
    runner = client.messages.tool_runner(
        tools=[add],  # error: the decorator is missing
        model="zai-org/GLM-5.2",
        max_tokens=64,
        messages=[{"role": "user", "content": "Add 1 and 2."}],
    )
    return runner.until_done().text
