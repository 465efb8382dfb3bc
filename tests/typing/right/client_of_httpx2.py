import httpx2

from baseten_messages_client import AsyncBaseten, Baseten


def make(http_client: httpx2.Client | None = None) -> Baseten:
    return Baseten(http_client=http_client, timeout=httpx2.Timeout(60, connect=5))


limits = httpx2.Limits(max_connections=1000)
asynchronous: AsyncBaseten = AsyncBaseten(http_client=httpx2.AsyncClient(limits=limits))
print(make(httpx2.Client(limits=limits)).with_options(timeout=httpx2.Timeout(5)), asynchronous)
