from baseten_messages_client import Baseten, MaxTurnsError, params, tool


@tool
def add(a: int, b: int) -> int:
    """Add two numbers."""
    return a + b


def run(client: Baseten, history: list[params.InputMessage]) -> list[params.InputMessage]:
    runner = client.messages.tool_runner(
        tools=[add], model="zai-org/GLM-5.2", max_tokens=64, max_turns=3, messages=history
    )
    try:
        runner.until_done()
    except MaxTurnsError as error:
        print(error.last_message.text if error.last_message else "")
    turns: list[params.InputMessage] = runner.messages
    turns.append({"role": "user", "content": "Thanks."})
    return turns


def roles(turns: list[params.InputMessage]) -> str:
    return ", ".join(turn["role"] for turn in turns)
