import asyncio
from typing import Literal

from anthropic import AsyncAnthropic
from pydantic import BaseModel, Field


class Item(BaseModel):
    name: str = Field(description="Name of the item, in English.")
    kind: Literal["food", "tool"]


class Items(BaseModel):
    items: list[Item]


async def extract(client: AsyncAnthropic, text: str) -> list[Item]:
    message = await client.messages.parse(
        model="claude-haiku-5-5",
        max_tokens=500,
        system="Extract the items.",
        messages=[{"role": "user", "content": text}],
        output_format=Items,
    )
    return message.parsed_output.items if message.parsed_output else []


async def main() -> None:
    async with AsyncAnthropic() as client:
        for item in await extract(client, "Bring bread and a hammer."):
            print(f"{item.kind}: {item.name}")


asyncio.run(main())
