from baseten_messages_client import Baseten


def primes(client: Baseten) -> list[str]:
    parsed = client.messages.parse(
        output_type=list[int],
        model="zai-org/GLM-5.2",
        max_tokens=256,
        messages=[{"role": "user", "content": "Five primes."}],
    )
    return parsed.output  # error: the items are numbers
