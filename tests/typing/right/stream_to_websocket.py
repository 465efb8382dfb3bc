from typing import Protocol

from baseten_messages_client import AsyncBaseten, params


class Socket(Protocol):
    async def send_json(self, data: dict[str, str]) -> None: ...


async def reply(client: AsyncBaseten, socket: Socket, history: list[params.InputMessage]) -> None:
    async with client.messages.stream(model="zai-org/GLM-5.2", max_tokens=512, messages=history) as stream:
        async for event in stream:
            if event.type == "content_block_start" and event.content_block.type == "tool_use":
                await socket.send_json({"calling": event.content_block.name})
            elif event.type == "content_block_delta" and event.delta.type == "text_delta":
                await socket.send_json({"text": event.delta.text})
        message = await stream.get_final_message()
    history.append(message.to_param())
