from dataclasses import dataclass

import anthropic
from anthropic.types import Usage


@dataclass
class Bill:
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0

    def add(self, usage: Usage) -> None:
        self.input_tokens += usage.input_tokens
        self.output_tokens += usage.output_tokens
        self.cached_tokens += usage.cache_read_input_tokens or 0

    @property
    def dollars(self) -> float:
        return self.input_tokens * 3 / 1_000_000 + self.output_tokens * 15 / 1_000_000


client = anthropic.Anthropic()
bill = Bill()
for topic in ("tides", "locks", "ropes"):
    message = client.messages.create(
        model="claude-sonnet-5-5",
        max_tokens=300,
        messages=[{"role": "user", "content": f"One sentence about {topic}, please."}],
    )
    bill.add(message.usage)
    print(f"{topic}: {message.usage.output_tokens} tokens")
print(bill)
print(f"${bill.dollars:.6f}")
