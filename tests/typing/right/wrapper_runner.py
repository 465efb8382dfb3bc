from typing import Unpack

from baseten_messages_client import AnyTool, Baseten, ParsedMessage, ParseParams, ToolRunner, ToolRunnerParams
from baseten_messages_client import Message as Turn


def start(client: Baseten, tools: list[AnyTool], **kwargs: Unpack[ToolRunnerParams]) -> ToolRunner[Turn]:
    return client.messages.tool_runner(tools=tools, **kwargs)


def numbers(client: Baseten, **kwargs: Unpack[ParseParams]) -> ParsedMessage[list[int]]:
    return client.messages.parse(output_type=list[int], **kwargs)
