import baseten_messages_client


def name(error: Exception) -> str:
    try:
        raise error
    except baseten_messages_client.ApiError:  # error: the class is named BasetenError
        return "service"
