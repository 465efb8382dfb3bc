from typing import Any

from baseten_messages_client import AsyncBaseten, Baseten


class TeamClient(Baseten):
    def __init__(self, team: str, **options: Any) -> None:
        super().__init__(default_headers={"x-team": team}, **options)

    def hello(self) -> str:
        return self.messages.create(
            model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": "Hello!"}]
        ).text


print(TeamClient("search").with_options(max_retries=0).hello())


async def close(client: AsyncBaseten) -> None:
    await client.aclose()
