"""Judge a change of how the service wants to be authenticated by the two forms of the header that the client sends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from schema.document import at

from .changes import Change

FORMS = frozenset({"Bearer", "Api-Key"})
PLACE = "security"


def compare(old: dict[str, Any], new: dict[str, Any], operation: tuple[str, ...]) -> list[Change]:
    """List the one change of the security of an operation, if there is one."""
    before, after = (_alternatives(document, operation) for document in (old, new))
    if before == after:
        return []
    worked, works = (_forms(alternatives) for alternatives in (before, after))
    old_text, new_text = (" or ".join(map(_text, alternatives)) or "nothing" for alternatives in (before, after))
    if worked and not works:
        rule = "security-unreachable"
        note = f"the service demands {new_text}, and neither `Authorization: Bearer KEY` nor `Api-Key KEY` can work"
    elif lost := sorted(worked - works):
        rule, note = (
            "security-narrowed",
            f"the schema no longer names a scheme that takes `Authorization: {lost[0]} KEY`",
        )
    elif works - worked:
        rule, note = "security-widened", ""
    else:
        rule, note = "security-renamed", "the client sends the same header as before"
    breaking = rule in ("security-unreachable", "security-narrowed")
    call = None
    if rule == "security-narrowed":
        forms = ('auth_scheme="Api-Key"', "") if works == {"Bearer"} else ("", 'auth_scheme="Api-Key"')
        call = (f"Baseten({forms[0]})", f"Baseten({forms[1]})")
    pointer = "/components/securitySchemes"
    return [Change(PLACE, old_text, new_text, breaking, "request", note, rule, pointer, call=call)]


def _alternatives(document: dict[str, Any], operation: tuple[str, ...]) -> list[tuple[tuple[str, dict[str, Any]], ...]]:
    """Return each way to authenticate: the schemes that it needs together, with their definitions."""
    own = at(document, *operation, "security")
    requirements = own if isinstance(own, list) else document.get("security", [])
    schemes = at(document, "components", "securitySchemes") or {}

    def needed(requirement: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        for name in requirement:
            scheme = schemes.get(name, {})
            yield name, {key: scheme[key] for key in ("type", "in", "name", "scheme") if key in scheme}

    return [tuple(needed(requirement)) for requirement in requirements if isinstance(requirement, dict)]


def _forms(alternatives: list[tuple[tuple[str, dict[str, Any]], ...]]) -> frozenset[str]:
    """Return the forms of the client's header that some alternative takes."""
    if not alternatives:
        return FORMS
    found: set[str] = set()
    for schemes in alternatives:
        taken = set(FORMS)
        for _, scheme in schemes:
            taken &= _taken(scheme)
        found |= taken
    return frozenset(found)


def _taken(scheme: dict[str, Any]) -> set[str]:
    if scheme.get("type") == "apiKey":
        is_ours = scheme.get("in") == "header" and str(scheme.get("name")).lower() == "authorization"
        return set(FORMS) if is_ours else set()
    # OAuth and OpenID Connect send a token as Bearer too.
    is_bearer = scheme.get("type") in ("oauth2", "openIdConnect") or str(scheme.get("scheme")).lower() == "bearer"
    return {"Bearer"} if is_bearer else set()


def _text(schemes: tuple[tuple[str, dict[str, Any]], ...]) -> str:
    return " and ".join(_scheme_text(name, scheme) for name, scheme in schemes) or "no key"


def _scheme_text(name: str, scheme: dict[str, Any]) -> str:
    if scheme.get("type") == "apiKey":
        return f"{name} (the {scheme.get('in')} {scheme.get('name')})"
    kind = f"HTTP {scheme['scheme']}" if "scheme" in scheme else scheme.get("type", "unknown")
    return f"{name} ({kind})"
