from baseten_messages_client import Baseten, CreateParams, Message


def ask(client: Baseten, prompt: str, system: str | None = None, temperature: float | None = None) -> Message:
    fields: CreateParams = {
        "model": "zai-org/GLM-5.2",
        "max_tokens": 64,
        "messages": [{"role": "user", "content": prompt}],
    }
    if system is not None:
        fields["system"] = system
    if temperature is not None:
        fields["temperature"] = temperature
    if len(prompt) > 1000:
        fields["max_tokens"] *= 2
    return client.messages.create(**fields)
