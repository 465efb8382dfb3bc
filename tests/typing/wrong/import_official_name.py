from baseten_messages_client import Anthropic  # error: a name of another package

client = Anthropic()
print(client)
