"""The HTTP libraries that the tests send with."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

import pytest

from baseten_messages_client._transport import connections

LIBRARIES = ("httpx", "httpx2")
_VARIABLE = "TESTED_HTTP_LIBRARY"


def current() -> Any:
    """Return the library that the running test sends with. Processes that the test starts use the same."""
    return import_module(os.environ.get(_VARIABLE, "httpx"))


def use(name: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Have clients that get no `http_client` make one of this library, and return the library."""
    monkeypatch.setenv(_VARIABLE, name)
    monkeypatch.setattr(connections, "httpx", current())
    return current()


def use_here(name: str) -> None:
    """Do the same for the rest of this process."""
    use(name, pytest.MonkeyPatch())
