import os

from anthropic import Anthropic

client = Anthropic(api_key=os.environ["ANTHROPIC_API_KEY"], base_url=os.environ["ANTHROPIC_BASE_URL"])

GLOSSARY = "A berth is where a ship lies. A lock lifts a ship."


def ask(question, system):
    response = client.messages.create(
        model="claude-opus-5-5",
        max_tokens=200,
        system=system,
        messages=[{"role": "user", "content": question}],
    )
    return response.content[0].text.strip()


print(ask("Who are you?", system="You are the master of a small harbor."))
print(
    ask(
        "What is a lock?",
        system=[
            {"type": "text", "text": "Answer from the glossary."},
            {"type": "text", "text": GLOSSARY, "cache_control": {"type": "ephemeral"}},
        ],
    )
)
