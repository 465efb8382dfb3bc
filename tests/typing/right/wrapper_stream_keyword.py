from typing import Unpack

from baseten_messages_client import AsyncBaseten, AsyncMessageStream, Baseten, MessageStream, StreamParams


def open_stream(client: Baseten, **kwargs: Unpack[StreamParams]) -> MessageStream:
    return client.messages.create(stream=True, **kwargs)


async def open_stream_async(client: AsyncBaseten, **kwargs: Unpack[StreamParams]) -> AsyncMessageStream:
    return await client.messages.create(stream=True, **kwargs)
