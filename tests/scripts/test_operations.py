"""Operations that come and go, and the address of the service."""

from __future__ import annotations

from typing import Any

import pytest

from diff import operations
from diff.client import Client

CLIENT = ("paths", "/v1/messages", "post")
OURS = "https://inference.example.com"


def document(*urls: str, **paths: str) -> dict[str, Any]:
    listed: dict[str, dict[str, Any]] = {
        "/v1/messages": {"post": {}},
        **{f"/v1/{name}": {method: {}} for name, method in paths.items()},
    }
    return {"servers": [{"url": url} for url in urls], "paths": listed}


def test_a_new_operation_has_models_only() -> None:
    (change,) = operations.compare(document(OURS), document(OURS, count_tokens="post"), CLIENT, OURS, "settings.py")
    assert (change.place, change.new) == ("POST /v1/count_tokens", "added (models only, no client method)")
    assert not change.breaking


def test_only_the_operation_that_the_client_has_is_missed() -> None:
    old = document(OURS, count_tokens="post")
    gone = {"servers": [{"url": OURS}], "paths": {}}
    changes = operations.compare(old, gone, CLIENT, OURS, "settings.py")
    assert {change.place: change.breaking for change in changes} == {
        "POST /v1/messages": True,
        "POST /v1/count_tokens": False,
    }


@pytest.mark.parametrize(
    ("servers", "rule"),
    [
        (["https://new.example.com"], "server-changed"),
        ([OURS, "https://new.example.com"], "server-added"),
        (["https://new.example.com", f"{OURS}/"], "server-added"),
        ([OURS], None),
        ([], None),
    ],
)
def test_a_server_breaks_callers_if_the_built_in_address_is_none_of_them(servers: list[str], rule: str | None) -> None:
    changes = operations.compare(document(OURS), document(*servers), CLIENT, OURS, "settings.py")
    assert [change.rule for change in changes] == ([rule] if rule else [])
    assert [change.breaking for change in changes] == ([rule == "server-changed"] if rule else [])


def test_a_new_address_offers_the_edit_and_the_edit_ends_the_finding() -> None:
    new = document("https://new.example.com/")
    (change,) = operations.compare(document(OURS), new, CLIENT, OURS, "settings.py")
    assert "`DEFAULT_BASE_URL` differs" in change.note
    assert '`settings.py`: `DEFAULT_BASE_URL = "https://new.example.com"`' in change.note
    (change,) = operations.compare(document(OURS), new, CLIENT, "https://new.example.com", "settings.py")
    assert not change.breaking


def test_which_operation_the_client_has_is_configuration() -> None:
    client = Client.of({"x-client": {"path": "/v1/chat/completions"}})
    old = document(OURS, **{"chat/completions": "post"})
    changes = operations.compare(old, {"servers": [], "paths": {}}, client.operation)
    assert {change.place: change.breaking for change in changes} == {
        "POST /v1/messages": False,
        "POST /v1/chat/completions": True,
    }
