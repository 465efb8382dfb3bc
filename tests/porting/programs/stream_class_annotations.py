from collections.abc import Callable

import anthropic


def show(stream: anthropic.MessageStream, write: Callable[[str], None]) -> anthropic.types.Message:
    for event in stream:
        if event.type == "text":
            write(event.text)
    return stream.get_final_message()


def collect(stream: "anthropic.Stream[anthropic.types.RawMessageStreamEvent]") -> list[str]:
    return [event.type for event in stream if event.type.startswith("message")]


client: anthropic.Client = anthropic.Anthropic()
request = {"model": "claude-opus-5-5", "max_tokens": 9, "messages": [{"role": "user", "content": "Hi"}]}
words: list[str] = []
with client.messages.stream(**request) as stream:
    print(show(stream, words.append).stop_reason, words)
print(collect(client.messages.create(**request, stream=True)))
