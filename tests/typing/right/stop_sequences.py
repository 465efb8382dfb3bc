from baseten_messages_client import Baseten, Message

STOPS = ("\n", "END")


def with_tuple(client: Baseten, prompt: str) -> Message:
    return client.messages.create(
        model="zai-org/GLM-5.2",
        max_tokens=64,
        messages=[{"role": "user", "content": prompt}],
        stop_sequences=STOPS,
    )


def with_list(client: Baseten, prompt: str, stops: list[str]) -> Message:
    return client.messages.create(
        model="zai-org/GLM-5.2",
        max_tokens=64,
        messages=[{"role": "user", "content": prompt}],
        stop_sequences=[*stops, "END"],
    )
