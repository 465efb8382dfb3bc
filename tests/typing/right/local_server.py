from collections.abc import Iterator

from baseten_messages_client import Baseten, testing
from baseten_messages_client.testing import LocalServer


def make_server() -> Iterator[LocalServer]:
    with LocalServer(api_key="secret", models=["zai-org/GLM-5.2"]) as server:
        yield server


def check_answer(server: LocalServer) -> None:
    server.enqueue("A scripted answer.", delay=0.1)
    server.enqueue({"content": [{"type": "text", "text": "Hi."}], "stop_reason": "end_turn"})
    server.enqueue(status=429, headers={"retry-after": "1"}, repeat=2)
    server.enqueue(b"event: ping\ndata: {}\n\n", disconnect_at=5, check=False)
    client = Baseten(api_key="secret", base_url=server.url, max_retries=0)
    message = client.messages.create(
        model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": "Hi!"}]
    )
    assert message.text == "A scripted answer."
    request: testing.RecordedRequest = server.requests[0]
    assert request.json["max_tokens"] == 64
    assert request.headers["authorization"].startswith("Bearer")
    assert server.wait_until(lambda: server.disconnects == 0, timeout=1)
