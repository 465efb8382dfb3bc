"""`client.messages`: the endpoint `POST /v1/messages`, sync and async."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Unpack, overload

import httpx

from . import models, params
from ._failures import request_id
from ._generated.types import UNSET, Unset
from ._http import Call, connection_errors, make_call, make_request, raise_for_status
from ._message import Message, parse_message
from ._retry import retry, retry_async
from ._settings import Settings, Timeout

__all__ = ["AsyncMessages", "Message", "Messages"]


class Messages:
    """Sends messages; reached as `client.messages`."""

    def __init__(self, http: httpx.Client, settings: Settings) -> None:
        self._http = http
        self._settings = settings

    @overload
    def create(
        self,
        request: models.MessagesRequest,
        /,
        *,
        extra_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: Timeout | Unset = UNSET,
    ) -> Message: ...
    @overload
    def create(
        self,
        /,
        *,
        extra_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: Timeout | Unset = UNSET,
        **fields: Unpack[params.MessagesRequest],
    ) -> Message: ...
    def create(
        self,
        request: models.MessagesRequest | None = None,
        /,
        *,
        extra_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: Timeout | Unset = UNSET,
        **fields: Any,
    ) -> Message:
        """Have the model produce its next turn.

        Args:
            request: The whole request as a model, instead of keywords.
            extra_headers: Headers to add to this request.
            extra_body: Fields that the schema does not know yet, sent as they are.
            timeout: Seconds to wait for each piece of the answer, in place of the client's own setting.
            **fields: The fields of the request, as in `params.MessagesRequest`: dicts, or the generated models.

        Returns:
            The model's turn.

        Raises:
            TypeError: An argument is missing, unknown or of the wrong type; nothing was sent.
            ValueError: An argument has an impossible value; nothing was sent.
            APIStatusError: The service answered with an error status.
            APIConnectionError: The service did not answer.
            APIResponseError: The service answered with something that is no message.

        Example:
            >>> from baseten_messages_client import Baseten
            >>> from baseten_messages_client.testing import LocalServer
            >>> with LocalServer() as server, Baseten(api_key="any", base_url=server.url) as client:
            ...     message = client.messages.create(
            ...         model="zai-org/GLM-5.2",
            ...         max_tokens=3,
            ...         messages=[{"role": "user", "content": "Count to a hundred."}],
            ...     )
            >>> message.stop_reason
            'max_tokens'
        """
        call = make_call(
            self._settings, request, fields, extra_headers=extra_headers, extra_body=extra_body, timeout=timeout
        )
        response = retry(self._settings.max_retries, lambda: self._send(call))
        return parse_message(response.content, request_id(response.headers))

    def _send(self, call: Call) -> httpx.Response:
        with connection_errors(self._settings):
            response = self._http.send(
                make_request(self._http, self._settings, call), auth=self._settings.auth, follow_redirects=False
            )
        raise_for_status(response, self._settings)
        return response


class AsyncMessages:
    """Sends messages; reached as `client.messages` of an `AsyncBaseten`."""

    def __init__(self, http: httpx.AsyncClient, settings: Settings) -> None:
        self._http = http
        self._settings = settings

    @overload
    async def create(
        self,
        request: models.MessagesRequest,
        /,
        *,
        extra_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: Timeout | Unset = UNSET,
    ) -> Message: ...
    @overload
    async def create(
        self,
        /,
        *,
        extra_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: Timeout | Unset = UNSET,
        **fields: Unpack[params.MessagesRequest],
    ) -> Message: ...
    async def create(
        self,
        request: models.MessagesRequest | None = None,
        /,
        *,
        extra_headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: Timeout | Unset = UNSET,
        **fields: Any,
    ) -> Message:
        """Have the model produce its next turn; the arguments, result and errors are those of `Messages.create`."""
        call = make_call(
            self._settings, request, fields, extra_headers=extra_headers, extra_body=extra_body, timeout=timeout
        )
        response = await retry_async(self._settings.max_retries, lambda: self._send(call))
        return parse_message(response.content, request_id(response.headers))

    async def _send(self, call: Call) -> httpx.Response:
        with connection_errors(self._settings):
            response = await self._http.send(
                make_request(self._http, self._settings, call), auth=self._settings.auth, follow_redirects=False
            )
        raise_for_status(response, self._settings)
        return response
