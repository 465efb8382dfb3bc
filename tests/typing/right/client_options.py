import httpx

from baseten_messages_client import AsyncBaseten, Baseten, Timeout


def make(timeout: Timeout = 5) -> Baseten:
    return Baseten(
        api_key="key",
        auth_scheme="Api-Key",
        base_url="https://inference.baseten.co/v1",
        timeout=timeout,
        max_retries=0,
        default_headers={"x-team": "search"},
        max_response_bytes=1_000_000,
        http_client=httpx.Client(proxy="http://127.0.0.1:3128"),
    )


patient: Baseten = make().with_options(max_retries=5, timeout=httpx.Timeout(60, connect=5))
patient.with_options(timeout=None).close()
asynchronous: AsyncBaseten = AsyncBaseten(http_client=httpx.AsyncClient(), timeout=None).with_options(max_retries=0)
print(make(httpx.Timeout(3)), patient, asynchronous)
