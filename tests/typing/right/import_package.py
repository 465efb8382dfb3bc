import baseten_messages_client as baseten


def ask(client: baseten.Baseten, question: str) -> str:
    try:
        message = client.messages.create(
            model="zai-org/GLM-5.2", max_tokens=256, messages=[{"role": "user", "content": question}]
        )
    except baseten.RateLimitError:
        return "Too many requests."
    except baseten.errors.APIStatusError as error:
        return f"Error {error.status_code}"
    return message.text
