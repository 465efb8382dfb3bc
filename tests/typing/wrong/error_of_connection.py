from baseten_messages_client import APIConnectionError, Baseten


def ask(client: Baseten) -> str:
    try:
        return client.messages.create(
            model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": "Hi"}]
        ).text
    except APIConnectionError as error:
        return str(error.status_code)  # error: no response arrived
