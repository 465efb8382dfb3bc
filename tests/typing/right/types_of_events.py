from typing import assert_type

from baseten_messages_client import StreamEvent, models


def check(event: StreamEvent) -> None:
    if event.type == "message_start":
        assert_type(event.message, models.MessagesResponse)
    elif event.type == "content_block_start":
        assert_type(event.index, int)
        assert_type(event.content_block, models.ContentBlock)
    elif event.type == "content_block_delta":
        assert_type(event.delta, models.ContentBlockDelta)
        if event.delta.type == "input_json_delta":
            assert_type(event.delta.partial_json, str)
        elif event.delta.type == "signature_delta":
            assert_type(event.delta.signature, str)
    elif event.type == "message_delta":
        assert_type(event.usage, models.Usage)
        assert_type(event.delta.stop_sequence, str | None)
