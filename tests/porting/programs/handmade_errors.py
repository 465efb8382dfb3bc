import anthropic
import httpx2

REQUEST = httpx2.Request("POST", "https://example.test/v1/messages")


def advice(error: anthropic.AnthropicError) -> str:
    if isinstance(error, anthropic.RateLimitError):
        return f"wait {error.response.headers.get('retry-after', '?')} s"
    if isinstance(error, anthropic.APIStatusError) and error.status_code >= 500:
        return "try again"
    if isinstance(error, anthropic.APITimeoutError):
        return "be patient"
    if isinstance(error, anthropic.APIConnectionError):
        return "check the network" + (f": {error.message}" if error.message == "no route" else "")
    return f"give up: {error}"


limited = httpx2.Response(429, request=REQUEST, headers={"retry-after": "7"})
print(advice(anthropic.RateLimitError("slow down", response=limited, body=None)))
print(advice(anthropic.InternalServerError(message="oops", response=httpx2.Response(502, request=REQUEST), body={})))
print(advice(anthropic.APITimeoutError(request=REQUEST)))
print(advice(anthropic.APIConnectionError(request=REQUEST)))
print(advice(anthropic.APIConnectionError(message="no route", request=REQUEST)))
denied = anthropic.PermissionDeniedError("not you", response=httpx2.Response(403, request=REQUEST), body={"a": 1})
print(advice(denied), denied.status_code, denied.body, denied.message, denied.request_id)
