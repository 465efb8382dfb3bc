from typing import TypedDict

from baseten_messages_client import AsyncBaseten, Baseten


class City(TypedDict):
    name: str
    inhabitants: int


def primes(client: Baseten) -> int:
    parsed = client.messages.parse(
        output_type=list[int],
        model="zai-org/GLM-5.2",
        max_tokens=256,
        messages=[{"role": "user", "content": "Five primes."}],
    )
    return sum(parsed.output)


async def biggest(client: AsyncBaseten) -> str:
    parsed = await client.messages.parse(
        output_type=list[City],
        model="zai-org/GLM-5.2",
        max_tokens=256,
        messages=[{"role": "user", "content": "Five cities."}],
    )
    return max(parsed.output, key=lambda city: city["inhabitants"])["name"]
