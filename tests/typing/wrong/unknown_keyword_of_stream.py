from baseten_messages_client import Baseten


def ask(client: Baseten, question: str) -> None:
    with client.messages.stream(
        model="zai-org/GLM-5.2",
        max_tokens=64,
        messages=[{"role": "user", "content": question}],
        idle_time=5,  # error: the option is named idle_timeout
    ) as stream:
        print(stream.get_final_text())
