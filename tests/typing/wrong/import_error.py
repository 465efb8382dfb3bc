from baseten_messages_client import Baseten, RateLimitedError  # error: there is no such class


def ask(client: Baseten) -> str:
    try:
        return client.messages.create(
            model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": "Hi"}]
        ).text
    except RateLimitedError:
        return ""
