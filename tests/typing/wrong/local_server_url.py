from baseten_messages_client import Baseten
from baseten_messages_client.testing import LocalServer


def connect(server: LocalServer) -> Baseten:
    return Baseten(api_key="any", base_url=server.url())  # error: a property is not called
