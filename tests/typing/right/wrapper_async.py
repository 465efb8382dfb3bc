import logging
from typing import Unpack

from baseten_messages_client import AsyncBaseten, BasetenError, CreateParams, Message


async def logged(client: AsyncBaseten, **kwargs: Unpack[CreateParams]) -> Message | None:
    logging.info("asking %s", kwargs["model"])
    try:
        return await client.messages.create(**kwargs)
    except BasetenError:
        logging.exception("the request failed")
        return None


async def main() -> None:
    async with AsyncBaseten() as client:
        message = await logged(
            client,
            model="zai-org/GLM-5.2",
            max_tokens=64,
            messages=[{"role": "user", "content": "Hi"}],
            temperature=0.2,
        )
    if message is not None:
        print(message.text)
