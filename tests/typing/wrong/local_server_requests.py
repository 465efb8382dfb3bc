from baseten_messages_client.testing import LocalServer


def sent(server: LocalServer) -> object:
    return server.requests[0].data  # error: the attribute is named json or body
