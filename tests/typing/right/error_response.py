from baseten_messages_client import APIStatusError, Baseten, RateLimitError


def remaining(error: APIStatusError) -> str | None:
    print(error.response.status_code, error.response.text)
    found: str | None = error.response.headers.get("x-ratelimit-remaining")
    return found


def wait_for(client: Baseten) -> float | None:
    try:
        client.messages.create(model="zai-org/GLM-5.2", max_tokens=1, messages=[{"role": "user", "content": "Hi"}])
    except RateLimitError as error:
        wait: float | None = error.retry_after
        return wait
    return None
