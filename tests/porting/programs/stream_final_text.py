from anthropic import Anthropic


def summarize(client: Anthropic, text: str) -> str:
    with client.messages.stream(
        model="claude-sonnet-5-5",
        max_tokens=8000,
        system="Summarize.",
        messages=[{"role": "user", "content": text}],
    ) as stream:
        return stream.get_final_text()


with Anthropic() as client:
    print(summarize(client, "It rained in the morning. It rained in the evening."))
print(client.is_closed())
