"""What to use in place of a name of the official SDK that this package does not have."""

from __future__ import annotations

_NO_ENDPOINT = "the service has no such endpoint"

CLIENT_HINTS = {
    "completions": f"{_NO_ENDPOINT}: use client.messages",
    "complete": f"{_NO_ENDPOINT}: use client.messages.create",
    "models": f"{_NO_ENDPOINT} in the Messages format: pass the slug of a model, as the model library shows it",
    "files": f"{_NO_ENDPOINT}: put the data into a content block",
    "skills": _NO_ENDPOINT,
    "count_tokens": f"{_NO_ENDPOINT}: see usage.input_tokens of an answer",
    "with_raw_response": "use client.messages.with_raw_response",
    "with_streaming_response": "use client.messages.create(stream=True), whose `response` has status and headers",
    "auth_token": "the client has one key: pass api_key",
    "post": "this client sends messages only: use any httpx client with auth.BasetenAuth",
    "get": "this client sends messages only: use any httpx client with auth.BasetenAuth",
}
MESSAGES_HINTS = {
    "count_tokens": f"{_NO_ENDPOINT}: see usage.input_tokens of an answer",
    "batches": f"{_NO_ENDPOINT}: send the requests side by side, in threads or with asyncio.gather",
    "with_streaming_response": "use create(stream=True), whose `response` has status and headers",
}
MODULE_HINTS = {
    "Anthropic": "use Baseten",
    "AsyncAnthropic": "use AsyncBaseten",
    "AnthropicBedrock": "use Baseten: the service is Baseten alone",
    "AsyncAnthropicBedrock": "use AsyncBaseten: the service is Baseten alone",
    "AnthropicVertex": "use Baseten: the service is Baseten alone",
    "AsyncAnthropicVertex": "use AsyncBaseten: the service is Baseten alone",
    "AnthropicFoundry": "use Baseten: the service is Baseten alone",
    "AsyncAnthropicFoundry": "use AsyncBaseten: the service is Baseten alone",
    "AnthropicError": "use BasetenError",
    "APIResponseValidationError": "use APIResponseError",
    "HUMAN_PROMPT": "pass a list of messages",
    "AI_PROMPT": "pass a list of messages",
    "DefaultAioHttpClient": "pass http_client=aiohttp.aiohttp_client(), from baseten_messages_client.aiohttp",
    "DEFAULT_TIMEOUT": "the default is httpx.Timeout(600, connect=10)",
    "DEFAULT_CONNECTION_LIMITS": "pass your own http_client, such as DefaultHttpxClient(limits=...)",
    "RequestOptions": "use create's extra_headers, extra_body and timeout, or client.with_options",
    "file_from_path": "put the data into a content block",
    "async_beta_tool": "use tool",
}
ARGUMENT_HINTS = {
    "betas": "pass extra_headers={'anthropic-beta': ...}, or use client.beta.messages",
    "extra_query": "the endpoint takes no query: use extra_body or extra_headers",
    "max_iterations": "use max_turns",
    "output_format": "use messages.parse",
    "output_config": "the service does not document it: use messages.parse for typed output, or extra_body",
    "service_tier": "the service does not document it: use extra_body",
    "container": "the service does not document it: use extra_body",
    "mcp_servers": "the service does not document it: use the hosted tools of the service, or extra_body",
    "max_tokens_to_sample": "use max_tokens",
    "prompt": "use messages",
}


def attribute_error(owner: object, name: str, hints: dict[str, str]) -> AttributeError:
    """Return the error for an attribute that an object does not have, with the hint for it if there is one."""
    hint = f": {hints[name]}" if name in hints else ""
    return AttributeError(f"{type(owner).__name__!r} object has no attribute {name!r}{hint}", name=name, obj=owner)
