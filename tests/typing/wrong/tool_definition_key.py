from baseten_messages_client import params

TOOLS: list[params.ToolDefinition] = [
    {"name": "add", "description": "Add.", "parameters": {"type": "object"}},  # error: the key is input_schema
]
