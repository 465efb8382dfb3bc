from baseten_messages_client import AsyncMessageStream


async def finish(stream: AsyncMessageStream) -> str:
    message = stream.get_final_message()
    return message.text  # error: the call was not awaited
