import json
from collections.abc import AsyncIterator, Iterator

from baseten_messages_client import AsyncBaseten, Baseten, BasetenError, params


def frames(client: Baseten, messages: list[params.InputMessage]) -> Iterator[str]:
    with client.messages.stream(model="zai-org/GLM-5.2", max_tokens=512, messages=messages) as stream:
        for text in stream.text_stream:
            yield f"data: {json.dumps({'text': text})}\n\n"
        yield f"data: {json.dumps({'stop': stream.get_final_message().stop_reason})}\n\n"


async def frames_async(client: AsyncBaseten, messages: list[params.InputMessage]) -> AsyncIterator[str]:
    try:
        async with client.messages.stream(model="zai-org/GLM-5.2", max_tokens=512, messages=messages) as stream:
            async for text in stream.text_stream:
                yield f"data: {json.dumps({'text': text})}\n\n"
    except BasetenError as error:
        yield f"event: error\ndata: {json.dumps(str(error))}\n\n"
