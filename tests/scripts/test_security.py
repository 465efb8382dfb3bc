"""A change of the security, judged by the header that the client sends."""

from __future__ import annotations

from typing import Any

import pytest

from diff import security

CLIENT = ("paths", "/v1/messages", "post")
KEY = {"type": "apiKey", "in": "header", "name": "Authorization"}
X_KEY = {"type": "apiKey", "in": "header", "name": "x-api-key"}
BEARER = {"type": "http", "scheme": "bearer"}
BASIC = {"type": "http", "scheme": "basic"}
OAUTH = {"type": "oauth2", "flows": {}}


def document(*alternatives: list[dict[str, Any]], own: bool = False) -> dict[str, Any]:
    """A schema whose operation takes any of some lists of schemes, each needed as a whole."""
    schemes = {f"S{i}{j}": scheme for i, needed in enumerate(alternatives) for j, scheme in enumerate(needed)}
    requirements: list[dict[str, list[str]]] = [
        {f"S{i}{j}": [] for j, _ in enumerate(needed)} for i, needed in enumerate(alternatives)
    ]
    operation = {"security": requirements} if own else {}
    return {
        "security": [] if own else requirements,
        "paths": {"/v1/messages": {"post": operation}},
        "components": {"securitySchemes": schemes},
    }


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (document([KEY]), document([BEARER]), "security-narrowed"),
        (document([KEY]), document([OAUTH]), "security-narrowed"),
        (document([KEY]), document([X_KEY]), "security-unreachable"),
        (document([KEY]), document([BASIC]), "security-unreachable"),
        (document([KEY]), document([KEY, X_KEY]), "security-unreachable"),
        (document([KEY]), document([{**KEY, "in": "query"}]), "security-unreachable"),
        (document([BEARER]), document([BEARER], [KEY]), "security-widened"),
        (document([KEY]), document([KEY], [X_KEY]), "security-renamed"),
        (document([KEY]), document([X_KEY], [KEY]), "security-renamed"),
        (document([KEY]), document([{**KEY, "name": "authorization"}]), "security-renamed"),
        (document([KEY]), document(), "security-renamed"),
        (document([X_KEY]), document([BEARER]), "security-widened"),
    ],
)
def test_what_counts_is_whether_a_header_of_ours_still_works(
    old: dict[str, Any], new: dict[str, Any], rule: str
) -> None:
    (change,) = security.compare(old, new, CLIENT)
    assert change.rule == rule
    assert change.breaking == (rule in ("security-narrowed", "security-unreachable"))
    assert change.side == "request"


def test_a_scheme_that_demands_another_header_says_that_no_form_can_work() -> None:
    (change,) = security.compare(document([KEY]), document([X_KEY]), CLIENT)
    assert "neither `Authorization: Bearer KEY` nor `Api-Key KEY` can work" in change.note
    assert "the header x-api-key" in change.note


def test_a_scheme_that_takes_one_form_shows_the_call() -> None:
    (change,) = security.compare(document([KEY]), document([BEARER]), CLIENT)
    assert change.call == ('Baseten(auth_scheme="Api-Key")', "Baseten()")


def test_another_description_or_an_unused_scheme_is_not_a_change() -> None:
    new = document([{**KEY, "description": "Other."}])
    new["components"]["securitySchemes"]["Unused"] = X_KEY
    assert security.compare(document([KEY]), new, CLIENT) == []


def test_the_security_of_the_operation_is_what_counts() -> None:
    assert security.compare(document([KEY], own=True), document([X_KEY], own=True), CLIENT)[0].breaking
