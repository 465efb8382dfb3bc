from baseten_messages_client import Baseten

client = Baseten(default_headers={"x-team": 7})  # error: values of headers are strings
