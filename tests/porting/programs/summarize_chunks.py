import os
from concurrent.futures import ThreadPoolExecutor

import anthropic

client = anthropic.Anthropic(api_key=os.environ.get("ANTHROPIC_API_KEY"), max_retries=4, timeout=30.0)

LOG = "\n".join(f"Day {day}: wind {day % 7}, speed {day % 5} knots." for day in range(1, 25))


def chunks(text: str, size: int) -> list[str]:
    lines = text.splitlines()
    return ["\n".join(lines[start : start + size]) for start in range(0, len(lines), size)]


def summarize(text: str) -> str:
    response = client.messages.create(
        model="claude-haiku-5-5",
        max_tokens=120,
        system="Summarize the log in a few words.",
        messages=[{"role": "user", "content": text}],
    )
    return "".join(block.text for block in response.content if hasattr(block, "text"))


with ThreadPoolExecutor(max_workers=4) as pool:
    parts = list(pool.map(summarize, chunks(LOG, 6)))
print(len(parts), set(parts))
print(summarize("\n".join(parts)))
