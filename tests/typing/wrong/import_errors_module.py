from baseten_messages_client import errors


def is_final(error: Exception) -> bool:
    return isinstance(error, errors.BadRequest)  # error: the class is named BadRequestError
