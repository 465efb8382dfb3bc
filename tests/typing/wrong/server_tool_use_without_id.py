from baseten_messages_client import params

BLOCK: params.ContentBlock = {"type": "server_tool_use", "name": "web_search", "input": {}}  # error: id is missing
