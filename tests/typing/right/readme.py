from baseten_messages_client import Baseten

client = Baseten()  # reads BASETEN_API_KEY
message = client.messages.create(
    model="deepseek-ai/DeepSeek-V4-Pro",
    max_tokens=1024,
    messages=[{"role": "user", "content": "Hello!"}],
)
print(message.text)


with client.messages.stream(
    model="deepseek-ai/DeepSeek-V4-Pro",
    max_tokens=1024,
    messages=[{"role": "user", "content": "Write a haiku about rivers."}],
) as stream:
    for text in stream.text_stream:
        print(text, end="", flush=True)
    message = stream.get_final_message()


with client.messages.stream(
    model="zai-org/GLM-5.2",
    max_tokens=1024,
    messages=[{"role": "user", "content": "Is 91 prime?"}],
    thinking={"type": "enabled"},
    idle_timeout=30,
    deadline=300,
) as stream:
    for event in stream:
        if event.type == "content_block_delta":
            if event.delta.type == "thinking_delta":
                print("(thinks)", event.delta.thinking)
            elif event.delta.type == "text_delta":
                print(event.delta.text, end="")


with client.messages.stream(
    model="zai-org/GLM-5.2",
    max_tokens=1024,
    messages=[{"role": "user", "content": "Is 91 prime?"}],
) as stream:
    for event in stream:
        if event.type == "text":
            print(event.text, end="")
        elif event.type == "content_block_stop" and event.content_block.type == "tool_use":
            print(event.content_block.name, event.content_block.input)


import asyncio

from baseten_messages_client import AsyncBaseten


async def main() -> None:
    async with AsyncBaseten() as client:
        async with client.messages.stream(
            model="deepseek-ai/DeepSeek-V4-Pro",
            max_tokens=1024,
            messages=[{"role": "user", "content": "Hello!"}],
        ) as stream:
            async for text in stream.text_stream:
                print(text, end="", flush=True)


asyncio.run(main())


from baseten_messages_client import tool


@tool
def get_weather(city: str, unit: str = "celsius") -> dict[str, object]:
    """Look up the present weather of a city.

    Args:
        city: Name of the city, in English.
        unit: Unit of the temperature.
    """
    return {"city": city, "temperature": 17, "unit": unit}


runner = client.messages.tool_runner(
    tools=[get_weather],
    model="deepseek-ai/DeepSeek-V4-Pro",
    max_tokens=1024,
    messages=[{"role": "user", "content": "What is the weather in Paris?"}],
)
for message in runner:  # one message a turn; with stream=True, one stream a turn
    print(message.stop_reason, message.text)
print(runner.until_done().text, runner.usage)


from dataclasses import dataclass


@dataclass
class Person:
    name: str
    age: int


parsed = client.messages.parse(
    output_type=Person,
    model="deepseek-ai/DeepSeek-V4-Pro",
    max_tokens=256,
    messages=[{"role": "user", "content": "Who is in this text? The prize went to Ada, who is 36."}],
)
print(parsed.output)  # Person(name='Ada', age=36)


for block in message.content:
    if block.type == "tool_use":
        print(block.name, block.input)
    elif block.type == "thinking":
        print("(thinks)", block.thinking)


from typing import Unpack

from baseten_messages_client import CreateParams, Message


def ask(**fields: Unpack[CreateParams]) -> Message:
    return client.messages.create(**fields)


from baseten_messages_client import APIConnectionError, APIStatusError, RateLimitError, StreamError

try:
    with client.messages.stream(
        model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": "Hi!"}]
    ) as stream:
        print(stream.get_final_text())
except RateLimitError as error:
    print("try again in", error.retry_after or 1, "s")
except (APIConnectionError, APIStatusError) as error:
    print(error.message, "in the middle of a stream" if isinstance(error, StreamError) else "")


from baseten_messages_client import AsyncBaseten
from baseten_messages_client.aiohttp import aiohttp_client


async def greet() -> None:
    async with aiohttp_client() as http, AsyncBaseten(http_client=http) as client:
        async with client.messages.stream(
            model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": "Hi!"}]
        ) as stream:
            print(await stream.get_final_text())


from baseten_messages_client import Baseten
from baseten_messages_client.testing import LocalServer

with LocalServer() as server, Baseten(api_key="any", base_url=server.url) as local:
    server.enqueue("A scripted answer.")
    message = local.messages.create(
        model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": "Hi!"}]
    )
    assert message.text == "A scripted answer."
    assert server.requests[0].json["max_tokens"] == 64
