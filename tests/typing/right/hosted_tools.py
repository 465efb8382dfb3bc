from baseten_messages_client import Baseten, Message, tool


@tool
def today() -> str:
    """Tell the date."""
    return "2026-02-03"


def search(client: Baseten, question: str) -> Message:
    return client.messages.create(
        model="deepseek-ai/DeepSeek-V4-Pro",
        max_tokens=1024,
        tools=[{"type": "baseten__exa__web_search_exa"}, {"type": "baseten__exa__web_search_exa", "max_results": 3}],
        messages=[{"role": "user", "content": question}],
    )


def search_with_own_tool(client: Baseten, question: str) -> str:
    runner = client.messages.tool_runner(
        model="deepseek-ai/DeepSeek-V4-Pro",
        max_tokens=1024,
        tools=[today, {"type": "baseten__exa__web_search_exa", "max_results": 3}],
        messages=[{"role": "user", "content": question}],
    )
    return runner.until_done().text
