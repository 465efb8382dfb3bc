import anthropic
import httpx2

req = httpx2.Request("POST", "https://x.test/v1/messages")
for e in [
    anthropic.APIConnectionError(request=req),
    anthropic.APITimeoutError(req),
    anthropic.APIConnectionError(message="boom", request=req),
    anthropic.BadRequestError("bad", response=httpx2.Response(400, request=req), body={"a": 1}),
]:
    try:
        raise e
    except anthropic.APITimeoutError as x:
        print("timeout", x.request.url.host)
    except anthropic.APIConnectionError as x:
        print("conn", x.request.method, bool(str(x)))
    except anthropic.APIStatusError as x:
        print("status", x.status_code, x.body, x.message, x.response.status_code)
