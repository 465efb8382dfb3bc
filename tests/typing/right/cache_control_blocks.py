from baseten_messages_client import params


def cached_turns(picture_url: str, answer: str) -> list[params.InputMessage]:
    return [
        {
            "role": "user",
            "content": [
                {
                    "type": "image",
                    "source": {"type": "url", "url": picture_url},
                    "cache_control": {"type": "ephemeral", "ttl": "5m"},
                },
                {
                    "type": "document",
                    "source": {"type": "file", "file_id": "file_1"},
                    "cache_control": {"type": "ephemeral"},
                },
            ],
        },
        {
            "role": "assistant",
            "content": [
                {
                    "type": "tool_use",
                    "id": "toolu_1",
                    "name": "look",
                    "input": {},
                    "cache_control": {"type": "ephemeral"},
                }
            ],
        },
        {
            "role": "user",
            "content": [
                {
                    "type": "tool_result",
                    "tool_use_id": "toolu_1",
                    "content": answer,
                    "cache_control": {"type": "ephemeral"},
                }
            ],
        },
    ]
