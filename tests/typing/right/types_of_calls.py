from typing import assert_type

from baseten_messages_client import (
    Baseten,
    Message,
    MessageStream,
    ParsedMessage,
    RateLimitError,
    StreamError,
    StreamEvent,
    ToolRunner,
    params,
)


def check(client: Baseten, request: params.MessagesRequest, stream: bool) -> None:
    assert_type(client.with_options(max_retries=0), Baseten)
    assert_type(client.messages.create(**request), Message)
    parsed = client.messages.parse(output_type=int, model=request["model"], max_tokens=1, messages=request["messages"])
    assert_type(parsed, ParsedMessage[int])
    runner = client.messages.tool_runner(tools=[], model=request["model"], max_tokens=1, messages=request["messages"])
    assert_type(runner, ToolRunner[Message])
    assert_type(runner.messages, list[params.InputMessage])
    assert_type(runner.last_message, Message | None)
    with client.messages.stream(**request) as opened:
        assert_type(opened, MessageStream)
        for event in opened:
            assert_type(event, StreamEvent)


def check_errors(limit: RateLimitError, error: StreamError) -> None:
    assert_type(limit.retry_after, float | None)
    assert_type(limit.status_code, int)
    assert_type(error.partial_message, Message | None)
