from baseten_messages_client import AsyncBaseten


async def answer(client: AsyncBaseten, question: str) -> str:
    async with client.messages.stream(
        model="deepseek-ai/DeepSeek-V4-Pro",
        max_tokens=1024,
        messages=[{"role": "user", "content": question}],
        idle_timeout=30,
        deadline=300,
    ) as stream:
        async for text in stream.text_stream:
            print(text, end="", flush=True)
        return await stream.get_final_text()
