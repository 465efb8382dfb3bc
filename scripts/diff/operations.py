"""List operations that come and go, and servers: what the client calls, and where."""

from __future__ import annotations

from typing import Any

from schema.document import Place, at, pointer

from .changes import Change

METHODS = ("delete", "get", "head", "options", "patch", "post", "put", "query", "trace")
MODELS_ONLY = "models only, no client method"


def compare(
    old: dict[str, Any], new: dict[str, Any], client: Place, base_url: str = "", settings: str = ""
) -> list[Change]:
    """List the operations that were added and removed, and the change of the servers.

    `client` is the place of the operation that the client has methods for, `base_url` the address that it has built in,
    and `settings` the file that holds it.
    """
    before, after = (_operations(document) for document in (old, new))
    changes = [_operation(place, "added", client) for place in after if place not in before]
    changes += [_operation(place, "removed", client) for place in before if place not in after]
    return changes + _servers(old, new, client, base_url, settings)


def _operations(document: dict[str, Any]) -> list[Place]:
    paths = document.get("paths") or {}
    return [("paths", path, method) for path, item in paths.items() for method in METHODS if method in (item or {})]


def _operation(place: Place, how: str, client: Place) -> Change:
    name = f"{place[2].upper()} {place[1]}"
    breaking = how == "removed" and place == client
    text = how if place == client else f"{how} ({MODELS_ONLY})"
    old, new = ("", text) if how == "added" else (text, "")
    note = "the client has methods for it" if breaking else ""
    return Change(name, old, new, breaking, "request" if breaking else "none", note, f"operation-{how}", pointer(place))


def _servers(old: dict[str, Any], new: dict[str, Any], client: Place, base_url: str, settings: str) -> list[Change]:
    """Judge the servers by the address that the client has built in."""
    before, after = (_urls(document, client) for document in (old, new))
    if before == after or not after:
        return []
    known = base_url.rstrip("/") in [url.rstrip("/") for url in after]
    old_text, new_text = " | ".join(before), " | ".join(after)
    if known or not base_url:
        note = f"`DEFAULT_BASE_URL` is one of them: `{base_url}`" if base_url else ""
        return [Change("servers", old_text, new_text, False, "request", note, "server-added", "/servers")]
    note = (
        f"`DEFAULT_BASE_URL` differs: it is `{base_url}`. The edit in `{settings}`: "
        f'`DEFAULT_BASE_URL = "{after[0].rstrip("/").replace("`", "")}"`'
    )
    return [Change("servers", old_text, new_text, True, "request", note, "server-changed", "/servers")]


def _urls(document: dict[str, Any], client: Place) -> list[str]:
    servers = at(document, *client, "servers") or document.get("servers") or []
    return [_with_defaults(server) for server in servers if isinstance(server, dict)]


def _with_defaults(server: dict[str, Any]) -> str:
    """Return the address of a server, with the default of each variable."""
    url = str(server.get("url", ""))
    for name, variable in (server.get("variables") or {}).items():
        if isinstance(variable, dict) and "default" in variable:
            url = url.replace(f"{{{name}}}", str(variable["default"]))
    return url
