import httpx

from baseten_messages_client.auth import AuthScheme, BasetenAuth


def make(api_key: str, scheme: AuthScheme = "Bearer") -> httpx.Client:
    return httpx.Client(auth=BasetenAuth(api_key, auth_scheme=scheme), base_url="https://inference.baseten.co")


with make("key", "Api-Key") as http:
    print(http.get("/v1/models").json())
