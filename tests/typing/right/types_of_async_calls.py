from typing import assert_type

from baseten_messages_client import (
    AsyncBaseten,
    AsyncMessageStream,
    AsyncToolRunner,
    Message,
    ParsedMessage,
    StreamEvent,
    models,
    params,
)


async def check(client: AsyncBaseten, request: params.ParseRequest, stream: bool) -> None:
    assert_type(client.with_options(timeout=1), AsyncBaseten)
    assert_type(await client.messages.create(**request), Message)
    assert_type(
        await client.messages.create(stream=stream, **request), Message | AsyncMessageStream[models.StreamEvent]
    )
    assert_type(await client.messages.parse(output_type=list[str], **request), ParsedMessage[list[str]])
    assert_type(await client.messages.parse(output_type=int | None, **request), ParsedMessage[int | None])
    runner = client.messages.tool_runner(tools=[], stream=True, **request)
    assert_type(runner, AsyncToolRunner[AsyncMessageStream])
    async for turn in runner:
        assert_type(turn, AsyncMessageStream)
    async with client.messages.stream(**request) as stream_of_events:
        assert_type(stream_of_events, AsyncMessageStream)
        async for event in stream_of_events:
            assert_type(event, StreamEvent)
        assert_type(await stream_of_events.get_final_message(), Message)
