"""Sends one attempt of a request. The result is a response with status 200 or a `BasetenError`."""

from __future__ import annotations

import httpx

from .deadline import StreamLimits
from .prepare import PreparedRequest, build_request
from .settings import Settings
from .status_errors import status_error
from .transport_errors import map_transport_errors


def send(
    http: httpx.Client, settings: Settings, prepared: PreparedRequest, limits: StreamLimits | None = None
) -> httpx.Response:
    """Send one attempt. The body of a streaming response is not read yet.

    Raises:
        APIConnectionError: No response arrived.
        APIResponseError: The response could not be decompressed.
        APIStatusError: The service responded with an error status.
        StreamTimeoutError: A time limit of the stream is exceeded.
    """
    request = build_request(http, settings, prepared)
    with map_transport_errors(settings, request, limits):
        response = http.send(request, auth=settings.auth, stream=prepared.stream, follow_redirects=False)
        if prepared.stream and response.status_code != 200:
            response.read()
    if response.status_code != 200:
        raise status_error(response, settings.auth.redact)
    return response


async def send_async(
    http: httpx.AsyncClient, settings: Settings, prepared: PreparedRequest, limits: StreamLimits | None = None
) -> httpx.Response:
    """Send one attempt, as `send` does."""
    request = build_request(http, settings, prepared)
    with map_transport_errors(settings, request, limits):
        response = await http.send(request, auth=settings.auth, stream=prepared.stream, follow_redirects=False)
        if prepared.stream and response.status_code != 200:
            await response.aread()
    if response.status_code != 200:
        raise status_error(response, settings.auth.redact)
    return response
