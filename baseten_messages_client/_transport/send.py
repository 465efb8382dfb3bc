"""Sends one attempt of a request. The result is a response with status 200 or a `BasetenError`."""

from __future__ import annotations

import httpx

from .body import read_body, read_body_async
from .connections import AsyncConnections, Connections
from .deadline import StreamLimits
from .prepare import PreparedRequest, build_request
from .safe_response import Exchange
from .settings import Settings
from .sockets import limit_async, limit_sockets
from .status_errors import status_error
from .transport_errors import map_transport_errors


def send(
    connections: Connections, settings: Settings, prepared: PreparedRequest, limits: StreamLimits | None = None
) -> httpx.Response:
    """Send one attempt. The body of a streaming response is not read yet.

    Args:
        connections: The HTTP client.
        settings: The client's configuration.
        prepared: The request.
        limits: The time limits of a stream. They cover connecting, the head of the response and the body of an error.

    Raises:
        APIConnectionError: No response arrived.
        APIResponseError: The response could not be decompressed, or is too large.
        APIStatusError: The service responded with an error status.
        StreamTimeoutError: A time limit of the stream is exceeded.
    """
    limits = limits or StreamLimits()
    http = connections.client()
    with map_transport_errors(settings):
        request = build_request(http, settings, prepared)
    exchange = Exchange(request, settings.auth.redact)

    def attempt() -> httpx.Response:
        exchange.response = response = http.send(request, auth=settings.auth, stream=True, follow_redirects=False)
        if not prepared.stream or response.status_code != 200:
            response = read_body(response, settings.max_response_bytes)
        return response

    with exchange, map_transport_errors(settings, request, limits, http), limit_sockets(limits.begin_wait()):
        response = attempt()
    limits.end_wait()
    if response.status_code != 200:
        raise status_error(response, settings.auth.redact)
    return response


async def send_async(
    connections: AsyncConnections, settings: Settings, prepared: PreparedRequest, limits: StreamLimits | None = None
) -> httpx.Response:
    """Send one attempt, as `send` does."""
    from .cancellation import cancel_cleanly  # Here, because a sync client does not need asyncio.

    limits = limits or StreamLimits()
    http = await connections.client()
    with map_transport_errors(settings):
        request = build_request(http, settings, prepared)
    exchange = Exchange(request, settings.auth.redact)

    async def attempt() -> httpx.Response:
        exchange.response = response = await http.send(request, auth=settings.auth, stream=True, follow_redirects=False)
        if not prepared.stream or response.status_code != 200:
            response = await read_body_async(response, settings.max_response_bytes)
        return response

    async def clean_up(response: httpx.Response | None) -> None:
        if response is not None:
            await response.aclose()
        await connections.close_lost()

    with exchange, map_transport_errors(settings, request, limits, http), limit_async(limits.begin_wait()):
        response = await cancel_cleanly(attempt, clean_up)
    limits.end_wait()
    if response.status_code != 200:
        raise status_error(response, settings.auth.redact)
    return response
