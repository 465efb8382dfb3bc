from baseten_messages_client import Baseten, BaseTool, Message, params


def ask(client: Baseten, prompt: str, own_tools: list[BaseTool], force: str | None) -> Message:
    system: list[params.TextBlock] = [{"type": "text", "text": "Be brief."}]
    thinking: params.ThinkingEnabled = {"type": "enabled", "budget_tokens": 1024}
    metadata: params.Metadata = {"user_id": "u-1"}
    choice: params.ToolChoice = {"type": "tool", "name": force} if force else {"type": "auto"}
    stops: list[str] = []
    headers: dict[str, str] = {"x-trace": "1"}
    body: dict[str, int] = {"seed": 1}
    return client.messages.create(
        model="zai-org/GLM-5.2",
        max_tokens=64,
        system=system,
        thinking=thinking,
        metadata=metadata,
        tool_choice=choice,
        tools=own_tools,
        stop_sequences=stops,
        messages=[{"role": "user", "content": prompt}],
        extra_headers=headers,
        extra_body=body,
    )
