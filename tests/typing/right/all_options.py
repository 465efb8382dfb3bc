from baseten_messages_client import Baseten


def ask(client: Baseten) -> str:
    message = client.messages.create(
        model="zai-org/GLM-5.2",
        max_tokens=1024,
        messages=[{"role": "user", "content": "Count."}],
        system="Be brief.",
        temperature=0,
        top_p=0.9,
        top_k=40,
        stop_sequences=["\n\n"],
        metadata={"user_id": "u-1"},
        tool_choice={"type": "none"},
        thinking={"type": "disabled"},
        baseten={"priority": 1},
        extra_headers={"x-trace": "1"},
        extra_body={"seed": 7},
        timeout=30,
    )
    return message.text
