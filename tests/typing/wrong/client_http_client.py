import httpx

from baseten_messages_client import AsyncBaseten


def make(http: httpx.Client) -> AsyncBaseten:
    return AsyncBaseten(http_client=http)  # error: the async client needs an httpx.AsyncClient
