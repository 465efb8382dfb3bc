"""Names of the official SDK that are not there say what to use."""

from __future__ import annotations

import re
from typing import Any

import pytest

import baseten_messages_client
from baseten_messages_client import AsyncBaseten, Baseten, types
from baseten_messages_client.compat.hints import ARGUMENT_HINTS, CLIENT_HINTS, MESSAGES_HINTS, MODULE_HINTS, TYPES_HINTS

from ..support import HELLO, KEY

CLIENTS = [Baseten, AsyncBaseten]


@pytest.mark.parametrize("client_class", CLIENTS)
@pytest.mark.parametrize("name", CLIENT_HINTS)
def test_a_client_says_what_to_use(client_class: Any, name: str) -> None:
    client = client_class(api_key=KEY)
    with pytest.raises(AttributeError, match=re.escape(f"no attribute {name!r}: {CLIENT_HINTS[name]}")):
        getattr(client, name)
    assert not hasattr(client, name)


@pytest.mark.parametrize("client_class", CLIENTS)
@pytest.mark.parametrize("name", MESSAGES_HINTS)
def test_its_messages_say_what_to_use(client_class: Any, name: str) -> None:
    for messages in (client_class(api_key=KEY).messages, client_class(api_key=KEY).beta.messages):
        with pytest.raises(AttributeError, match=re.escape(MESSAGES_HINTS[name])):
            getattr(messages, name)


@pytest.mark.parametrize("name", MODULE_HINTS)
def test_the_package_says_what_to_use(name: str) -> None:
    with pytest.raises(AttributeError, match=re.escape(f"has no attribute {name!r}: {MODULE_HINTS[name]}")):
        getattr(baseten_messages_client, name)


@pytest.mark.parametrize("name", TYPES_HINTS)
def test_the_types_say_what_to_use(name: str) -> None:
    with pytest.raises(AttributeError, match=re.escape(f"types' has no attribute {name!r}: {TYPES_HINTS[name]}")):
        getattr(types, name)
    with pytest.raises(ImportError):
        exec(f"from baseten_messages_client.types import {name}", {})


@pytest.mark.parametrize("method", ["create", "stream", "parse", "tool_runner"])
@pytest.mark.parametrize("name", ARGUMENT_HINTS)
def test_an_argument_of_the_sdk_says_what_to_use(method: str, name: str) -> None:
    if (method, name) == ("parse", "output_format"):
        return
    needed: dict[str, dict[str, Any]] = {"parse": {"output_type": int}, "tool_runner": {"tools": []}}
    with Baseten(api_key=KEY) as client, pytest.raises(TypeError) as caught:
        getattr(client.messages, method)(**HELLO, **needed.get(method, {}), **{name: 1}).until_done()
    assert f"unknown argument {name}: {ARGUMENT_HINTS[name]}" in str(caught.value)


def test_other_names_are_plain_attribute_errors() -> None:
    client = Baseten(api_key=KEY)
    with pytest.raises(AttributeError, match=r"'Baseten' object has no attribute 'mesages'$"):
        _ = client.mesages  # type: ignore[attr-defined]
    with pytest.raises(AttributeError, match=r"'Messages' object has no attribute 'crate'$"):
        _ = client.messages.crate  # type: ignore[attr-defined]
    with pytest.raises(AttributeError, match=r"has no attribute 'Basetn'$"):
        _ = baseten_messages_client.Basetn  # type: ignore[attr-defined]
    with pytest.raises(AttributeError, match=r"has no attribute 'Mesage'$"):
        _ = types.Mesage  # type: ignore[attr-defined]
