from dataclasses import dataclass

from baseten_messages_client import Message, models


@dataclass
class Ending:
    reason: models.StopReason | None
    sequence: str | None


def ending(message: Message) -> Ending:
    return Ending(message.stop_reason, message.stop_sequence)


RETRIED: list[models.StopReason] = ["pause_turn", "max_tokens"]


def is_retried(message: Message) -> bool:
    return message.stop_reason in RETRIED
