from baseten_messages_client.testing import LocalServer

with LocalServer() as server:
    server.enqueue(42)  # error: a number is not a reply
