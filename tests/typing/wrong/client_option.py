from baseten_messages_client import Baseten

client = Baseten(api_key="key", max_retry=3)  # error: the option is named max_retries
