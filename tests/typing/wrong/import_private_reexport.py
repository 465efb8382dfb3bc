from baseten_messages_client.params import TextBlock, ToolResult  # error: the name is ToolResultBlock

print(TextBlock, ToolResult)
