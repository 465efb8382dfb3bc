from baseten_messages_client.models import TextBlock, ToolUsBlock  # error: misspelt import

print(TextBlock, ToolUsBlock)
