"""Refusals of requests, and answers to requests that have no scripted reply."""

import re
from collections.abc import Iterable
from typing import Any

from ._checks import RefusedError, RequestChecker, invalid, shorten
from ._model import answer, make_id
from ._replies import Answer
from ._requests import Headers, RecordedRequest, parse_json

DEFAULT_MODELS = ("deepseek-ai/DeepSeek-V4-Pro", "zai-org/GLM-5.2", "moonshotai/Kimi-K2.6")

_PATH = "/v1/messages"
_LOOPBACK_HOST = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::[0-9]+)?", re.IGNORECASE)


def error_body(error_type: str, message: str) -> dict[str, Any]:
    """Write an error in the Messages format."""
    return {"type": "error", "error": {"type": error_type, "message": message}}


def refusal_answer(refusal: RefusedError) -> Answer:
    """Make the answer to a request that is refused."""
    return Answer(refusal.status, error_body(refusal.error_type, str(refusal)))


class Service:
    """Answers requests: checks, then the pretended model.

    Args:
        api_key: The only key accepted, or None for any.
        models: Slugs of the available models.
        strict: Whether to refuse fields that the schema does not know.
    """

    def __init__(self, api_key: str | None, models: Iterable[str], strict: bool) -> None:
        self._api_key = api_key
        self._models = tuple(models)
        self._checker = RequestChecker(strict)

    def stray_answer(self, request: RecordedRequest) -> Answer | None:
        """Answer a request that has the wrong host, path or method.

        Returns:
            The error, or None if the request is not a stray.
        """
        # A web page whose own name resolves to this machine could reach this server. Its requests have that name.
        host = request.headers.get("host")
        if host is not None and not _LOOPBACK_HOST.fullmatch(host):
            message = f"host: {shorten(repr(host))} is refused; LocalServer accepts 127.0.0.1, localhost and [::1]"
            return Answer(421, error_body("invalid_request_error", message))
        path = request.path.partition("?")[0]
        if path != _PATH:
            message = f"path: {shorten(repr(path))} does not exist; LocalServer serves {_PATH}"
            return Answer(404, error_body("not_found_error", message))
        if request.method != "POST":
            message = f"method: {request.method} is not allowed on this path; LocalServer accepts POST"
            return Answer(405, error_body("invalid_request_error", message), {"allow": "POST"})
        return None

    def refusal(self, request: RecordedRequest) -> Answer | None:
        """Check the authorization and the body of a request.

        Returns:
            The error, or None if the request is valid.
        """
        try:
            key = _key(request.headers)
            if self._api_key is not None and key != self._api_key:
                # Baseten's gateway sends this answer, which is not in the Messages format.
                return Answer(403, {"error": "please check the api-key you provided"})
            self._check_body(request)
        except RefusedError as refusal:
            return refusal_answer(refusal)
        return None

    def answer(self, request: RecordedRequest, number: int) -> Answer:
        """Let the model answer a valid request.

        Args:
            request: The request.
            number: The number of the request. It makes ids unique.

        Returns:
            The message, or an error.
        """
        body = request.json
        try:
            return Answer(200, answer(body, make_id("msg", [number, body])))
        except RefusedError as refusal:
            return refusal_answer(refusal)

    def _check_body(self, request: RecordedRequest) -> None:
        """Refuse a body that the real service would refuse."""
        try:
            body = parse_json(request.body)
        except ValueError as error:
            raise invalid(f"body: not JSON: {error}") from None
        self._checker.check(body)
        if body["model"] not in self._models:
            known = ", ".join(self._models)
            raise RefusedError(404, "not_found_error", f"model: {body['model']!r} not found; known: {known}")
        hosted = any(str(tool.get("type")).startswith("baseten__") for tool in body.get("tools", []))
        if hosted and request.headers.get("x-baseten-server-tools", "").lower() != "true":
            raise invalid("tools: hosted tools need the header `x-baseten-server-tools: true`")


def _key(headers: Headers) -> str:
    """Return the key that the caller sent."""
    value = headers.get("authorization")
    if value is None:
        message = "the Authorization header is missing"
        if "x-api-key" in headers:
            message += "; x-api-key is ignored, send `Authorization: Bearer KEY`"
        raise RefusedError(401, "authentication_error", message)
    match = re.fullmatch(r"(?:Bearer|Api-Key) +(\S+)", value.strip(), re.IGNORECASE)
    if match is None:
        message = "the Authorization header must be `Bearer KEY` or `Api-Key KEY`"
        raise RefusedError(401, "authentication_error", message)
    return match[1]
