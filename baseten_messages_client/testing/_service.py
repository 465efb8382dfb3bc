"""Answers to requests that have no scripted reply."""

import re
from collections.abc import Iterable
from typing import Any

from ._checks import RefusedError, RequestChecker, invalid
from ._model import answer, make_id
from ._replies import Answer
from ._requests import Headers, RecordedRequest, parse_json

DEFAULT_MODELS = ("deepseek-ai/DeepSeek-V4-Pro", "zai-org/GLM-5.2", "moonshotai/Kimi-K2.6")


def error_body(error_type: str, message: str) -> dict[str, Any]:
    """Write an error in the Messages format."""
    return {"type": "error", "error": {"type": error_type, "message": message}}


def refusal_answer(refusal: RefusedError) -> Answer:
    """Make the answer to a request that is refused."""
    return Answer(refusal.status, error_body(refusal.error_type, str(refusal)))


class Service:
    """Answers requests: authorization, checks, then the pretended model.

    Args:
        api_key: The only key accepted, or None for any.
        models: Slugs of the available models.
    """

    def __init__(self, api_key: str | None, models: Iterable[str]) -> None:
        self._api_key = api_key
        self._models = tuple(models)
        self._checker = RequestChecker()

    def answer(self, request: RecordedRequest, number: int) -> Answer:
        """Answer one request.

        Args:
            request: The request.
            number: The number of the request. It makes ids unique.

        Returns:
            The message, or an error.
        """
        if request.path.partition("?")[0] != "/v1/messages":
            return Answer(
                404, error_body("not_found_error", "this path does not exist; LocalServer serves /v1/messages")
            )
        if request.method != "POST":
            body = error_body("invalid_request_error", f"{request.method} is not allowed on this path")
            return Answer(405, body, {"allow": "POST"})
        try:
            key = _key(request.headers)
            if self._api_key is not None and key != self._api_key:
                # Baseten's gateway sends this answer, which is not in the Messages format.
                return Answer(403, {"error": "please check the api-key you provided"})
            return Answer(200, self._message(request, number))
        except RefusedError as refusal:
            return refusal_answer(refusal)

    def _message(self, request: RecordedRequest, number: int) -> dict[str, Any]:
        """Check the body and let the model answer."""
        try:
            body = parse_json(request.body)
        except ValueError as error:
            raise invalid(f"body: not JSON: {error}") from None
        self._checker.check(body)
        if body["model"] not in self._models:
            known = ", ".join(self._models)
            raise RefusedError(404, "not_found_error", f"model: {body['model']!r} not found; known: {known}")
        hosted = any("input_schema" not in tool for tool in body.get("tools", []))
        if hosted and request.headers.get("x-baseten-server-tools", "").lower() != "true":
            raise invalid("tools: hosted tools need the header `x-baseten-server-tools: true`")
        return answer(body, make_id("msg", [number, body]))


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
