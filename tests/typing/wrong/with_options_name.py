from baseten_messages_client import Baseten


def patient(client: Baseten) -> Baseten:
    return client.with_options(max_retrys=0)  # error: the option is named max_retries
