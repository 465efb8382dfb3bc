import queue
import threading

import anthropic

client = anthropic.Anthropic()
jobs: "queue.Queue[str | None]" = queue.Queue()
results: dict[str, str] = {}


def work() -> None:
    while (job := jobs.get()) is not None:
        with client.messages.stream(
            model="claude-haiku-5-5", max_tokens=20, messages=[{"role": "user", "content": job}]
        ) as stream:
            results[job] = "".join(stream.text_stream)


threads = [threading.Thread(target=work) for _ in range(3)]
for thread in threads:
    thread.start()
for number in range(6):
    jobs.put(f"job {number}")
for _ in threads:
    jobs.put(None)
for thread in threads:
    thread.join()
print(sorted(results), set(results.values()))
