"""Tools: Python functions that a model may call. This module is their public path.

Example:
    >>> from baseten_messages_client import Baseten, tool
    >>> from baseten_messages_client.testing import LocalServer
    >>> @tool
    ... def get_weather(city: str) -> str:
    ...     '''Look up the weather in a city.
    ...
    ...     Args:
    ...         city: Name of the city.
    ...     '''
    ...     return "sunny"
    >>> with LocalServer() as server, Baseten(api_key="any", base_url=server.url) as client:
    ...     runner = client.messages.tool_runner(
    ...         tools=[get_weather],
    ...         model="zai-org/GLM-5.2",
    ...         max_tokens=256,
    ...         messages=[{"role": "user", "content": "What is the weather in Paris?"}],
    ...     )
    ...     message = runner.until_done()
    >>> "sunny" in message.text
    True
"""

from ._tools.decorator import BaseTool, StopRunner, Tool, tool
from ._tools.results import tool_result

__all__ = ["BaseTool", "StopRunner", "Tool", "tool", "tool_result"]
