import time

import anthropic

client = anthropic.Anthropic(max_retries=0)
waits = []


def with_backoff(function, attempts=4):
    for attempt in range(attempts):
        try:
            return function()
        except (anthropic.RateLimitError, anthropic.InternalServerError) as e:
            if attempt == attempts - 1:
                raise
            wait = float(e.response.headers.get("retry-after", 2**attempt / 1000))
            waits.append(wait)
            time.sleep(wait)
    return None


message = with_backoff(
    lambda: client.messages.create(
        model="claude-opus-5-5", max_tokens=64, messages=[{"role": "user", "content": "Busy?"}]
    )
)
print(message.content[0].text, waits)
