from baseten_messages_client.testing import LocalServer


def cut(server: LocalServer) -> None:
    server.enqueue(drop="close")  # error: a bool or "reset" is needed
