from baseten_messages_client import Baseten

client = Baseten(api_key=1)  # error: a key is a string
