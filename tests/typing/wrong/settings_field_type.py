from baseten_messages_client import CreateParams


def fields(question: str) -> CreateParams:
    return {
        "model": "zai-org/GLM-5.2",
        "max_tokens": 64,
        "messages": [{"role": "user", "content": question}],
        "top_k": 0.5,  # error: a whole number is needed
    }
