from baseten_messages_client import Baseten, Message


def budgeted(client: Baseten) -> Message:
    return client.messages.create(
        model="zai-org/GLM-5.2",
        max_tokens=4096,
        messages=[{"role": "user", "content": "Is 91 prime?"}],
        thinking={"type": "enabled", "budget_tokens": 1024},
    )


def adaptive(client: Baseten) -> Message:
    return client.messages.create(
        model="zai-org/GLM-5.2",
        max_tokens=4096,
        messages=[{"role": "user", "content": "Is 91 prime?"}],
        thinking={"type": "adaptive"},
    )


def quick(client: Baseten) -> Message:
    return client.messages.create(
        model="zai-org/GLM-5.2",
        max_tokens=4096,
        messages=[{"role": "user", "content": "Is 91 prime?"}],
        thinking={"type": "disabled"},
    )
