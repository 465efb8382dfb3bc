"""Apply an OpenAPI Overlay (specification 1.1) to a document: `update`, `copy` and `remove`, by RFC 9535 JSONPath.

Two extensions give names (see `naming.py`). `x-required` marks an action that the client depends on: if it matches
nothing, there is no result. `x-optional` marks one that is there for a later schema.
"""

from __future__ import annotations

import copy
from typing import Any

from jsonpath_rfc9535 import JSONPathError, JSONPathNode, JSONPathNodeList, find

from .errors import OverlayError
from .naming import PYTHON_NAME, SCHEMA_NAME, name_schema


def apply_overlay(
    document: dict[str, Any], overlay: dict[str, Any], purpose: str = ""
) -> tuple[dict[str, Any], list[str]]:
    """Return a patched copy of `document`, and a warning for each action that the overlay does not need any more.

    Such an action matches nothing, changes nothing, or adds a name that the schema has by now. An action whose `x-for`
    names another purpose than `purpose` is skipped. An update with `x-only-new` adds only what is missing: where the
    schema has the same name, the schema's own meaning stays.

    Raises:
        OverlayError: An action is malformed, a required one matches nothing, or a copy has no single source.
    """
    document = copy.deepcopy(document)
    warnings: list[str] = []
    actions = overlay.get("actions") if isinstance(overlay, dict) else None
    if not isinstance(actions, list) or not actions:
        raise OverlayError("the overlay has no list of actions")
    for number, action in enumerate(actions, 1):
        try:
            if action.get("x-for", purpose) == purpose:
                label = f"overlay action {number} ({action['target']})"
                warnings += [f"{label}{warning}" for warning in _apply(document, action, label)]
        except (KeyError, TypeError, AttributeError, JSONPathError) as error:
            raise OverlayError(f"overlay action {number} is malformed: {error!r}") from error
    return document, warnings


def names_given(document: dict[str, Any], overlay: dict[str, Any]) -> dict[str, Any]:
    """Return a copy of a document with the names that the overlay gives, and nothing else of the overlay."""
    document = copy.deepcopy(document)
    for action in overlay.get("actions") or []:
        if isinstance(action, dict) and (SCHEMA_NAME in action or PYTHON_NAME in action):
            _name(document, find(action["target"], document), action)
    return document


def _apply(document: dict[str, Any], action: dict[str, Any], label: str) -> list[str]:
    """Apply one action in place; return its warnings."""
    targets = find(action["target"], document)
    if not targets:
        name = action.get(SCHEMA_NAME)
        if name is not None and name in document["components"]["schemas"]:
            return [f": {name} is in the schema by now, remove it here"]
        if action.get("x-required"):
            raise OverlayError(
                f"{label} matches nothing any more, and the client depends on it: correct its target, or remove the "
                f"action and what `x-client` lists of it, and do without in the client"
            )
        return [] if action.get("x-optional") else [" matches nothing"]
    if SCHEMA_NAME in action or PYTHON_NAME in action:
        return _name(document, targets, action)
    if action.get("remove"):
        _remove(targets)
        return []
    if "copy" not in action:
        return _update(document, targets, action)
    source = find(action["copy"], document)
    if len(source) != 1:
        if action.get("x-optional"):
            return []
        raise OverlayError(
            f"{label} copies from {action['copy']}, which matches {len(source)} places, not 1: correct its `copy`, or "
            "remove the action and what depends on it"
        )
    for target in targets:
        _merge(document, target, source[0].value)
    return []


def _name(document: dict[str, Any], targets: JSONPathNodeList, action: dict[str, Any]) -> list[str]:
    if PYTHON_NAME in action:
        for target in targets:
            if isinstance(target.value, dict):
                target.value[PYTHON_NAME] = action[PYTHON_NAME]
        return []
    if not targets:
        return []
    if len(targets) != 1:
        raise OverlayError(f"{action['target']} matches {len(targets)} places, but one name is for one schema")
    warning = name_schema(document, tuple(targets[0].location), action[SCHEMA_NAME])
    return [warning] if warning else []


def _remove(nodes: JSONPathNodeList) -> None:
    # Backwards, so that removing one item of an array does not move the next one.
    for node in sorted(nodes, key=lambda node: [(isinstance(part, int), part) for part in node.location], reverse=True):
        if node.parent is None:
            raise TypeError("the root cannot be removed")
        parent: Any = node.parent.value
        del parent[node.location[-1]]


def _update(document: dict[str, Any], targets: JSONPathNodeList, action: dict[str, Any]) -> list[str]:
    is_idle = True
    known: list[Any] = []
    for target in targets:
        update: Any = action["update"]
        if action.get("x-only-new"):
            present: Any = target.value
            known += [key for key in update if key in present]
            new = [key for key in update if key not in present]
            update = {key: update[key] for key in new} if isinstance(update, dict) else new
        before = copy.deepcopy(target.value)
        _merge(document, target, update)
        is_idle = is_idle and _current(document, target) == before
    if action.get("x-optional"):
        return []
    if known:
        return [f": {_key_name(key)} is in the schema by now, remove it here" for key in known]
    return [": changes nothing any more, remove it"] if is_idle else []


def _current(document: dict[str, Any], target: JSONPathNode) -> Any:
    if target.parent is None:
        return document
    parent: Any = target.parent.value
    return parent[target.location[-1]]


def _key_name(key: Any) -> str:
    """Return the name of a key, or of a reference in a list."""
    return str(next(iter(key.values())) if isinstance(key, dict) else key)


def _merge(document: dict[str, Any], target: JSONPathNode, update: Any) -> None:
    parent, key = (target.parent.value, target.location[-1]) if target.parent else ({"": document}, "")
    _merge_into(parent, key, copy.deepcopy(update))


def _merge_into(parent: Any, key: Any, update: Any) -> None:
    """Merge an update into what `parent` holds under `key`: an object takes its keys, a list its items."""
    present = parent.get(key) if isinstance(parent, dict) else parent[key]
    if isinstance(present, dict) and isinstance(update, dict):
        for name, value in update.items():
            _merge_into(present, name, value)
    elif isinstance(present, list):
        present.extend(update if isinstance(update, list) else [update])
    else:
        parent[key] = update
