"""What to use in place of a name of the official SDK that this package does not have."""

from __future__ import annotations

_NO_ENDPOINT = "the service has no such endpoint"


def _each(names: str, hint: str) -> dict[str, str]:
    """Return the same hint for several names."""
    return dict.fromkeys(names.split(), hint)


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
    **_each(
        "AnthropicAWS AnthropicBedrock AnthropicBedrockMantle AnthropicFoundry AnthropicGoogleCloud AnthropicVertex",
        "use Baseten: the service is Baseten alone",
    ),
    **_each(
        "AsyncAnthropicAWS AsyncAnthropicBedrock AsyncAnthropicBedrockMantle AsyncAnthropicFoundry "
        "AsyncAnthropicGoogleCloud AsyncAnthropicVertex",
        "use AsyncBaseten: the service is Baseten alone",
    ),
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
    "APIResponse": "use compat.raw.RawResponse",
    "AsyncAPIResponse": "use compat.raw.AsyncRawResponse",
    "MessageStreamManager": "use contextlib.AbstractContextManager[MessageStream]",
    "AsyncMessageStreamManager": "use contextlib.AbstractAsyncContextManager[AsyncMessageStream]",
    **{
        name: f"use types.{name}"
        for name in ("ContentBlockStopEvent", "InputJsonEvent", "MessageStopEvent", "MessageStreamEvent", "TextEvent")
    },
    "BaseModel": "the classes in models are classes of attrs: use attrs.has, or your own pydantic.BaseModel",
    "transform_schema": "pass the type itself to messages.parse",
    **_each(
        "Middleware MiddlewareInput MiddlewareCallable AsyncMiddlewareCallable CallNext AsyncCallNext APIRequest "
        "BetaFallbackState BetaRefusalFallbackMiddleware RetryableError",
        "use the event hooks or the transport of an http_client",
    ),
    **_each(
        "OpenTelemetryClientOption OpenTelemetryOptions OpenTelemetryTraces ResolvedOpenTelemetryOptions "
        "ResolvedOpenTelemetryTraces",
        "instrument the HTTP library, or your own http_client",
    ),
    **_each("CredentialsError IdentityTokenFileError", "the client has one key: pass api_key"),
    "APIWebhookValidationError": "this package does not verify webhooks",
    **_each(
        "ClientClosedRequestError DeadlineExceededError HTTPNotImplementedError PreconditionFailedError "
        "RequestHeaderFieldsTooLargeError",
        "use APIStatusError and its status_code",
    ),
    **_each(
        "CMEKContextUnavailableError CMEKKeyDisabledError CMEKKeyNetworkBlockedError CMEKKeyUnreachableError "
        "ClaudeCodeKeyCreatorNotMemberError ClaudeCodeVersionTooOldError ContractSpendLimitReachedError "
        "EnforcedSpendLimitReachedError LinkedOrganizationBillingUnavailableError "
        "LinkedOrganizationSpendLimitReachedError OrganizationOnHoldError OrganizationTypeNotSupportedError "
        "ParentOrganizationRequiredError RampLimitExceededError RequestBodyEncodingInvalidError "
        "RequestBodyEncodingUnsupportedError RequestBodyTooLargeAfterDecodingError SandboxEgressRestrictedError "
        "WorkspaceHumanReviewDisabledError",
        "use APIStatusError and its error_type",
    ),
}
TYPES_HINTS = {
    **_each("DocumentBlock RedactedThinkingBlock ServerToolUseBlock", "it arrives as a models.UnknownBlock"),
    **_each("ParsedContentBlock ParsedTextBlock", "use the `output` of a ParsedMessage"),
    **_each("TextCitation TextCitationParam", "citations are dicts, as on the wire"),
    "SystemMessageParam": "use the argument `system`",
    "ThinkingConfigAdaptiveParam": "use ThinkingConfigEnabledParam, or extra_body",
    **_each("Base64PDFSourceParam PlainTextSourceParam URLPDFSourceParam URLImageSourceParam", "use a plain dict"),
    **_each("MessageTokensCount MessageCountTokensParams", f"{_NO_ENDPOINT}: see usage.input_tokens of an answer"),
    **_each("ModelInfo FileMetadata", _NO_ENDPOINT),
    "CacheCreation": "the service does not document it: it is a dict in usage.additional_properties",
    "OutputConfigParam": "the service does not document it: use messages.parse for typed output, or extra_body",
}
ARGUMENT_HINTS = {
    "betas": "pass extra_headers={'anthropic-beta': ...}, or use client.beta.messages",
    "extra_query": "the endpoint takes no query: use extra_body or extra_headers",
    "max_iterations": "use max_turns",
    "output_format": "use messages.parse",
    "output_config": "the service does not document it: use messages.parse for typed output, or extra_body",
    "mcp_servers": "the service does not document it: use the hosted tools of the service, or extra_body",
    **_each(
        "cache_control container diagnostics inference_geo service_tier speed user_profile_id workspace_id",
        "the service does not document it: use extra_body",
    ),
    "thread": "leave it out: the service keeps no history, and the tool runner sends all of it",
    "run_tools_eagerly": "leave it out: the tool runner makes the calls of a turn at the same time",
    "max_tokens_to_sample": "use max_tokens",
    "prompt": "use messages",
}


def attribute_error(owner: object, name: str, hints: dict[str, str]) -> AttributeError:
    """Return the error for an attribute that an object does not have, with the hint for it if there is one."""
    hint = f": {hints[name]}" if name in hints else ""
    return AttributeError(f"{type(owner).__name__!r} object has no attribute {name!r}{hint}", name=name, obj=owner)
