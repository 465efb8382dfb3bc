from anthropic import Anthropic

client = Anthropic()

MANUAL = [{"type": "text", "text": "The manual of the pump. " * 20, "cache_control": {"type": "ephemeral"}}]


def ask(question):
    message = client.messages.create(
        model="claude-opus-5-5",
        max_tokens=128,
        system=MANUAL,
        messages=[{"role": "user", "content": question}],
        metadata={"user_id": "engine-room"},
    )
    usage = message.usage
    written, read = usage.cache_creation_input_tokens or 0, usage.cache_read_input_tokens or 0
    print(f"{message.content[0].text} (written {written}, read {read}, other {usage.input_tokens})")


ask("How do I start it?")
ask("How do I stop it?")
