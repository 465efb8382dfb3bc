from baseten_messages_client import (
    APIConnectionError,
    APIStatusError,
    AuthenticationError,
    BasetenError,
    InternalServerError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    errors,
)


def advice(error: BasetenError) -> str:
    match error:
        case AuthenticationError() | PermissionDeniedError():
            return "Check the key."
        case NotFoundError():
            return "Check the model."
        case RateLimitError(retry_after=float(seconds)):
            return f"Wait {seconds:.0f} seconds."
        case APIStatusError(status_code=529, request_id=request_id):
            return f"Overloaded ({request_id})."
        case InternalServerError() | APIConnectionError():
            return "Try again."
        case errors.ConfigurationError():
            return str(error)
        case _:
            return type(error).__name__


def wait(error: RateLimitError | InternalServerError) -> float:
    return error.retry_after or 1.0
