import time

from baseten_messages_client import RateLimitError


def wait(error: RateLimitError) -> None:
    time.sleep(error.retry_after)  # error: it may be None
