from typing import Any, assert_type

from baseten_messages_client import Message, models, params


def check(message: Message) -> None:
    assert_type(message.id, str)
    assert_type(message.text, str)
    assert_type(message.request_id, str | None)
    assert_type(message.stop_sequence, str | None)
    assert_type(message.usage, models.Usage)
    assert_type(message.usage.input_tokens, int)
    assert_type(message.usage.output_tokens, int)
    assert_type(message.usage.cache_read_input_tokens, int | None)
    assert_type(message.usage.cache_creation_input_tokens, int | None)
    assert_type(message.content, list[models.ContentBlock])
    assert_type(message.tool_calls, list[models.ToolUseBlock])
    assert_type(message.to_param(), params.InputMessage)
    assert_type(message.to_dict(), dict[str, Any])
    assert_type(message.additional_properties, dict[str, Any])


def check_blocks(message: Message) -> None:
    for block in message.content:
        if block.type == "text":
            assert_type(block, models.TextBlock)
        elif block.type == "thinking":
            assert_type(block.signature, str | None)
        elif block.type == "tool_use":
            assert_type(block, models.ToolUseBlock)
