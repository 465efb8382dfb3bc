from typing import Unpack

from baseten_messages_client import Baseten, CreateParams, Message, StreamParams


class Assistant:
    def __init__(self, client: Baseten) -> None:
        self._client = client
        self.tokens = 0

    def ask(self, **kwargs: Unpack[CreateParams]) -> Message:
        message = self._client.messages.create(**kwargs)
        self.tokens += message.usage.output_tokens
        return message

    def print(self, **kwargs: Unpack[StreamParams]) -> None:
        with self._client.messages.stream(**kwargs) as stream:
            for text in stream.text_stream:
                print(text, end="", flush=True)


assistant = Assistant(Baseten())
print(assistant.ask(model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": "Hi"}]).text)
