import time

from baseten_messages_client import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    Baseten,
    BasetenError,
    Message,
    RateLimitError,
)


def ask(client: Baseten, question: str, attempts: int = 3) -> Message:
    for attempt in range(attempts):
        try:
            return client.messages.create(
                model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": question}]
            )
        except RateLimitError as error:
            time.sleep(error.retry_after if error.retry_after is not None else 2.0**attempt)
        except APITimeoutError:
            continue
        except APIConnectionError as error:
            print("no connection:", error.__cause__)
        except APIStatusError as error:
            print(error.status_code, error.error_type, error.request_id, error.body)
            raise
        except BasetenError as error:
            print(error)
            raise
    raise TimeoutError(f"no answer after {attempts} attempts")
