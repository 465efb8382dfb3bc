"""The HTTP libraries that the tests send with: httpx, httpx2, and httpx over aiohttp, which is for async code alone."""

from __future__ import annotations

import os
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest

from baseten_messages_client._transport import connections

LIBRARIES = ("httpx", "httpx2")
_VARIABLE = "TESTED_HTTP_LIBRARY"


def current() -> Any:
    """Return the library that the running test sends with. Processes that the test starts use the same."""
    name = os.environ.get(_VARIABLE, "httpx")
    return _httpx_over_aiohttp() if name == "aiohttp" else import_module(name)


def use(name: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Have clients that get no `http_client` make one of this library, and return the library."""
    monkeypatch.setenv(_VARIABLE, name)
    monkeypatch.setattr(connections, "httpx", current())
    return current()


def use_here(name: str) -> None:
    """Do the same for the rest of this process."""
    use(name, pytest.MonkeyPatch())


def leave_sync_tests_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect the tests that would make a sync client send with aiohttp."""
    values = [getattr(getattr(item, "callspec", None), "params", {}) for item in items]
    impossible = [value.get("library") == "aiohttp" and value.get("mode") != "async" for value in values]
    config.hook.pytest_deselected(items=[item for item, left_out in zip(items, impossible, strict=True) if left_out])
    items[:] = [item for item, left_out in zip(items, impossible, strict=True) if not left_out]


def _httpx_over_aiohttp() -> Any:
    from baseten_messages_client.aiohttp import aiohttp_client  # Here, because not all environments have it.

    return SimpleNamespace(**{**vars(import_module("httpx")), "__name__": "aiohttp", "AsyncClient": aiohttp_client})
