import httpx2

from baseten_messages_client import Baseten


def make(http: httpx2.AsyncClient) -> Baseten:
    return Baseten(http_client=http)  # error: the sync client needs an httpx2.Client
