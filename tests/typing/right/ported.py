from typing import assert_type

import baseten_messages_client as anthropic
from baseten_messages_client import NOT_GIVEN, NotGiven, Omit, beta_tool, not_given, omit
from baseten_messages_client.types import (
    ContentBlock,
    Message,
    MessageParam,
    RawContentBlockDeltaEvent,
    TextBlock,
    ToolParam,
    ToolResultBlockParam,
    ToolUseBlock,
)
from baseten_messages_client.types.beta import BetaMessage, BetaMessageParam


@beta_tool
def add(a: int, b: int) -> int:
    """Add."""
    return a + b


WEATHER = ToolParam(name="weather", description="The weather.", input_schema={"type": "object"})


def ask(client: anthropic.Client, system: str | NotGiven = NOT_GIVEN, stop: list[str] | Omit = omit) -> Message:
    history: list[MessageParam] = [{"role": "user", "content": "Hi"}]
    message = client.messages.create(
        model="m",
        max_tokens=9,
        messages=history,
        system=system,
        stop_sequences=stop,
        temperature=not_given,
        tools=[WEATHER],
        tool_choice=NOT_GIVEN,
        timeout=NOT_GIVEN,
    )
    results: list[ToolResultBlockParam] = []
    for block in message.content:
        if isinstance(block, ToolUseBlock):
            results.append(ToolResultBlockParam(type="tool_result", tool_use_id=block.id, content="sunny"))
        elif isinstance(block, TextBlock):
            print(block.text, block.citations)
    history.append({"role": "user", "content": results})
    print(message.model_dump_json(indent=2), message.model_dump(exclude_none=True)["id"])
    return message


def first(message: Message) -> ContentBlock:
    return message.content[0]


def raw(client: anthropic.Baseten) -> int:
    response = client.messages.with_raw_response.create(
        model="m", max_tokens=9, messages=[{"role": "user", "content": "Hi"}]
    )
    assert_type(response.parse(), Message)
    print(response.headers["x"], response.http_response, response.request_id)
    return response.status_code


def parsed(client: anthropic.Baseten) -> int:
    message = client.messages.parse(
        model="m", max_tokens=9, messages=[{"role": "user", "content": "Hi"}], output_format=int
    )
    assert_type(message.parsed_output, int)
    return message.parsed_output


def beta(client: anthropic.Baseten, messages: list[BetaMessageParam]) -> BetaMessage:
    runner = client.beta.messages.tool_runner(model="m", max_tokens=9, messages=messages, tools=[add])
    return runner.until_done()


def stream(client: anthropic.Baseten) -> str:
    text = ""
    with client.messages.stream(model="m", max_tokens=9, messages=[{"role": "user", "content": "Hi"}]) as opened:
        for event in opened:
            if event.type == "text":
                text += event.text
            elif isinstance(event, RawContentBlockDeltaEvent):
                print(event.index)
        print(opened.current_message_snapshot.usage.output_tokens)
    return text


def failed(client: anthropic.Baseten) -> int | str:
    try:
        ask(client)
    except anthropic.RateLimitError as error:
        return str(error.response.headers.get("retry-after"))
    except anthropic.APIStatusError as error:
        return error.status_code
    except anthropic.APIError as error:
        return error.message
    finally:
        print(client.is_closed(), client.max_retries, client.base_url)
    return 0


async def stop(client: anthropic.AsyncBaseten) -> None:
    response = await client.messages.with_raw_response.create(
        model="m", max_tokens=9, messages=[{"role": "user", "content": "Hi"}]
    )
    assert_type(await response.parse(), Message)
    await client.close()
