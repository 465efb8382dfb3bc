import baseten_messages_client as baseten

client = baseten.Client()  # error: the class is named Baseten
