from baseten_messages_client import Basetn  # error: misspelt import

client = Basetn(api_key="key")
print(client)
