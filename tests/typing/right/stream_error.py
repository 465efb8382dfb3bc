from baseten_messages_client import Baseten, IncompleteStreamError, StreamError, StreamTimeoutError


def read(client: Baseten) -> str:
    try:
        with client.messages.stream(
            model="zai-org/GLM-5.2",
            max_tokens=64,
            messages=[{"role": "user", "content": "Hi"}],
            idle_timeout=5,
        ) as stream:
            return stream.get_final_text()
    except (IncompleteStreamError, StreamTimeoutError) as error:
        return error.partial_message.text if error.partial_message is not None else ""
    except StreamError as error:
        if error.partial_message:
            print(error.partial_message.text)
        return error.error_type or "unknown"
