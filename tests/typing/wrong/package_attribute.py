import baseten_messages_client as baseten

client = baseten.Anthropic()  # error: the class is named Baseten
