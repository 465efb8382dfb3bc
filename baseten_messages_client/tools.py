"""Tools: Python functions that a model may call.

from baseten_messages_client import tool


@tool
def get_weather(city: str) -> str:
'''Say what the weather is like.

Args:
city: Name of the city.
'''
return "sunny"


runner = client.messages.tool_runner(tools=[get_weather], model=..., max_tokens=..., messages=[...])
print(runner.until_done().text)
"""

from ._tools.decorator import BaseTool, StopRunner, Tool, tool
from ._tools.results import tool_result

__all__ = ["BaseTool", "StopRunner", "Tool", "tool", "tool_result"]
