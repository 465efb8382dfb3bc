import json
import subprocess
from typing import Any

from baseten_messages_client import Baseten, params

TOOLS: list[params.ToolDefinition] = [
    {
        "name": "run",
        "description": "Run a shell command.",
        "input_schema": {"type": "object", "properties": {"command": {"type": "string"}}, "required": ["command"]},
    }
]


def run_tool(name: str, arguments: dict[str, Any]) -> str:
    if name != "run":
        return json.dumps({"error": f"unknown tool {name}"})
    return subprocess.run(["sh", "-c", arguments["command"]], capture_output=True, text=True, check=False).stdout


def agent(client: Baseten, task: str) -> str:
    messages: list[params.InputMessage] = [{"role": "user", "content": task}]
    while True:
        response = client.messages.create(
            model="deepseek-ai/DeepSeek-V4-Pro", max_tokens=4096, tools=TOOLS, messages=messages
        )
        messages.append(response.to_param())
        if response.stop_reason != "tool_use":
            return "".join(block.text for block in response.content if block.type == "text")
        results: list[params.ToolResultBlock] = []
        for block in response.content:
            if block.type == "tool_use":
                output = run_tool(block.name, block.input)
                results.append({"type": "tool_result", "tool_use_id": block.id, "content": output})
        messages.append({"role": "user", "content": results})
