from baseten_messages_client import params

TURN: params.InputMessage = {
    "role": "assistant",
    "content": [
        {"type": "server_tool_use", "id": "s1", "name": "web_search", "input": {"query": "rivers"}},
        {"type": "web_search_tool_result", "tool_use_id": "s1", "content": [{"title": "Rivers"}]},
        {"type": "redacted_thinking", "data": "…"},
        {"type": "text", "text": "Found."},
    ],
}
UPLOAD: params.ContentBlock = {"type": "container_upload", "file_id": "f1"}
