from typing import assert_type

from baseten_messages_client import Baseten, MessageStream, models
from baseten_messages_client.streaming import HelperEvent, TextEvent


def watch(stream: MessageStream) -> list[str]:
    shown: list[str] = []
    for event in stream:
        if event.type == "text":
            assert_type(event, TextEvent)
            shown.append(event.text + event.snapshot)
        elif event.type == "thinking":
            shown.append(event.thinking)
        elif event.type == "input_json":
            shown.append(event.partial_json)
        elif event.type == "content_block_stop":
            assert_type(event.content_block, models.ContentBlock)
            if event.content_block.type == "tool_use":
                shown.append(event.content_block.name)
        elif event.type == "message_stop":
            shown.append(str(event.message.stop_reason))
    return shown


def is_helper(event: models.StreamEvent | HelperEvent) -> bool:
    return event.type in ("text", "thinking", "signature", "citation", "input_json")


def raw(client: Baseten) -> list[str]:
    request: list[str] = []
    with client.messages.create(
        model="m", max_tokens=1, messages=[{"role": "user", "content": "Hi"}], stream=True
    ) as stream:
        for event in stream:
            assert_type(event, models.StreamEvent)
            request.append(event.type)
    return request
