from dataclasses import dataclass

from baseten_messages_client import Message


@dataclass(frozen=True)
class Price:
    """Dollars for a million tokens."""

    input: float
    output: float


PRICES = {"deepseek-ai/DeepSeek-V4-Pro": Price(1.74, 3.48), "zai-org/GLM-5.2": Price(1.4, 4.4)}


def cost(message: Message) -> float:
    price = PRICES[message.model]
    usage = message.usage
    fresh = usage.input_tokens - (usage.cache_read_input_tokens or 0)
    return (fresh * price.input + usage.output_tokens * price.output) / 1_000_000


def total_cost(messages: list[Message]) -> float:
    return sum(cost(message) for message in messages)
