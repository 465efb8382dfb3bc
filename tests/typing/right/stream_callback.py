from collections.abc import Callable

from baseten_messages_client import Baseten, StreamEvent


def handle(event: StreamEvent, on_text: Callable[[str], None], on_status: Callable[[str], None]) -> None:
    match event.type:
        case "content_block_delta":
            if event.delta.type == "text_delta":
                on_text(event.delta.text)
        case "message_start":
            on_status(f"answer {event.message.id}")
        case "message_stop":
            on_status("done")
        case _:
            pass


def run(client: Baseten, on_text: Callable[[str], None]) -> None:
    with client.messages.stream(
        model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": "Hi"}]
    ) as stream:
        for event in stream:
            handle(event, on_text, print)
