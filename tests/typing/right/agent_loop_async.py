import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from baseten_messages_client import AsyncBaseten, models, params

Handler = Callable[[Mapping[str, Any]], Awaitable[str]]


async def answer(call: models.ToolUseBlock, handlers: dict[str, Handler]) -> params.ToolResultBlock:
    try:
        output = await handlers[call.name](call.input)
    except Exception as error:
        return {"type": "tool_result", "tool_use_id": call.id, "content": str(error), "is_error": True}
    return {"type": "tool_result", "tool_use_id": call.id, "content": output}


async def agent(
    client: AsyncBaseten, task: str, tools: list[params.ToolDefinition], handlers: dict[str, Handler]
) -> str:
    messages: list[params.InputMessage] = [{"role": "user", "content": task}]
    for _ in range(10):
        message = await client.messages.create(model="zai-org/GLM-5.2", max_tokens=1024, messages=messages, tools=tools)
        if not message.tool_calls:
            return message.text
        results = await asyncio.gather(*(answer(call, handlers) for call in message.tool_calls))
        messages.append(message.to_param())
        messages.append({"role": "user", "content": results})
    raise RuntimeError("too many turns")
