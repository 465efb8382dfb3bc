import httpx2

from baseten_messages_client.auth import BasetenAuth

auth = BasetenAuth("key")


async def main() -> None:
    async with httpx2.AsyncClient(auth=auth) as http:
        print((await http.get("https://inference.baseten.co/v1/models")).json())


with httpx2.Client(auth=auth, base_url="https://inference.baseten.co") as http:
    print(http.get("/v1/models").json())
request: httpx2.Request = auth(httpx2.Request("GET", "https://inference.baseten.co"))
