from baseten_messages_client import Message, params


def next_turn(message: Message, question: str) -> list[params.InputMessage]:
    turns: list[params.InputMessage] = [message.to_param()]
    turns.append({"role": "user", "content": question})
    turns.append({"role": "assistant", "content": [{"type": "thinking", "thinking": "Hm.", "signature": "abc"}]})
    return turns


def thoughts(message: Message) -> str:
    return "\n".join(block.thinking for block in message.content if block.type == "thinking")
