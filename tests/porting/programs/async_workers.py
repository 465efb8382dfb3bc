import asyncio
from dataclasses import dataclass, field

import anthropic
from anthropic.types import Message


@dataclass
class Pool:
    client: anthropic.AsyncAnthropic
    queue: asyncio.Queue = field(default_factory=asyncio.Queue)
    messages: list[Message] = field(default_factory=list)

    async def worker(self) -> None:
        while True:
            prompt = await self.queue.get()
            try:
                self.messages.append(
                    await self.client.messages.create(
                        model="claude-haiku-5-5", max_tokens=5, messages=[{"role": "user", "content": prompt}]
                    )
                )
            finally:
                self.queue.task_done()

    async def run(self, prompts: list[str]) -> int:
        for prompt in prompts:
            self.queue.put_nowait(prompt)
        workers = [asyncio.create_task(self.worker()) for _ in range(2)]
        await self.queue.join()
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
        return sum(message.usage.output_tokens for message in self.messages)


async def main() -> None:
    async with anthropic.AsyncAnthropic() as client:
        print(await Pool(client).run(["a", "b", "c", "d", "e"]))


asyncio.run(main())
