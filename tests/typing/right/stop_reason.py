from baseten_messages_client import Message


def next_step(message: Message) -> str:
    if message.stop_reason == "tool_use":
        return "call"
    if message.stop_reason == "pause_turn":
        return "continue"
    if message.stop_reason in ("refusal", "max_tokens"):
        return "give up"
    match message.stop_reason:
        case "end_turn" | "stop_sequence":
            return "done"
        case None:
            return "unfinished"
        case other:
            return other
