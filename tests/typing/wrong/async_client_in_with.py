from baseten_messages_client import AsyncBaseten


def main() -> None:
    with AsyncBaseten() as client:  # error: this client needs async with
        print(client)
