from baseten_messages_client.testing import LocalServer


def fail(server: LocalServer) -> None:
    server.enqueue("Busy.", status="429")  # error: a number is needed
