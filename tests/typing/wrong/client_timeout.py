from baseten_messages_client import AsyncBaseten

client = AsyncBaseten(timeout="30s")  # error: seconds are a number
