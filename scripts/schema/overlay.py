"""Apply an OpenAPI Overlay (specification 1.1) to a document: `update`, `copy` and `remove`, by RFC 9535 JSONPath."""

from __future__ import annotations

import copy
from typing import Any

import jsonpath_rfc9535


class OverlayError(Exception):
    """The overlay itself is wrong; the message names the action."""


def apply_overlay(
    document: dict[str, Any], overlay: dict[str, Any], purpose: str = ""
) -> tuple[dict[str, Any], list[str]]:
    """Return a patched copy of `document`, and a warning for each action that matched nothing.

    An action whose `x-for` names another purpose than `purpose` is left out. An update with `x-only-new` adds what is
    not there yet: of a name that the schema has by now, the schema's own meaning stands. Both that and an update that
    changes nothing are warnings too, because the overlay no longer needs them.
    """
    document = copy.deepcopy(document)
    warnings: list[str] = []
    actions = overlay.get("actions") if isinstance(overlay, dict) else None
    if not isinstance(actions, list) or not actions:
        raise OverlayError("the overlay has no list of actions")
    for number, action in enumerate(actions, 1):
        try:
            label = f"overlay action {number} ({action['target']})"
            if action.get("x-for", purpose) != purpose:
                continue
            targets = jsonpath_rfc9535.find(action["target"], document)
            if not targets:
                warnings.append(f"{label} matches nothing")
            elif action.get("remove"):
                _remove(targets)
            elif "copy" in action:
                source = jsonpath_rfc9535.find(action["copy"], document)
                if len(source) == 1:
                    for target in targets:
                        _merge(document, target, copy.deepcopy(source[0].value))
                else:
                    warnings.append(f"{label} copies from {action['copy']}, which matches {len(source)} places, not 1")
            else:
                warnings += [f"{label}: {text}" for text in _update(document, targets, action)]
        except (KeyError, TypeError, AttributeError, jsonpath_rfc9535.JSONPathError) as error:
            raise OverlayError(f"overlay action {number} is malformed: {error!r}") from error
    return document, warnings


def _remove(nodes: jsonpath_rfc9535.JSONPathNodeList) -> None:
    # Backwards, so that removing one item of an array does not move the next one.
    for node in sorted(nodes, key=lambda node: [(isinstance(part, int), part) for part in node.location], reverse=True):
        if node.parent is None:
            raise TypeError("the root cannot be removed")
        parent: Any = node.parent.value
        del parent[node.location[-1]]


def _update(document: dict[str, Any], targets: jsonpath_rfc9535.JSONPathNodeList, action: dict[str, Any]) -> list[str]:
    """Merge the update into each target; return what was in vain."""
    superfluous: list[str] = []
    changed = False
    for target in targets:
        update = copy.deepcopy(action["update"])
        if action.get("x-only-new"):
            present: Any = target.value
            known = [key for key in update if key in present]
            update = (
                {key: update[key] for key in update if key not in known}
                if isinstance(update, dict)
                else [item for item in update if item not in known]
            )
            superfluous += [f"{_name(key)} is in the schema by now, remove it here" for key in known]
        before = copy.deepcopy(target.value)
        _merge(document, target, update)
        changed = changed or _value(document, target) != before
    return superfluous if changed or superfluous else ["changes nothing any more, remove it"]


def _name(key: Any) -> str:
    return str(next(iter(key.values())) if isinstance(key, dict) else key)


def _value(document: Any, node: jsonpath_rfc9535.JSONPathNode) -> Any:
    for part in node.location:
        document = document[part]
    return document


def _merge(document: dict[str, Any], node: jsonpath_rfc9535.JSONPathNode, update: Any) -> None:
    if isinstance(node.value, dict) and isinstance(update, dict):
        _merge_objects(node.value, update)
    elif isinstance(node.value, list):
        node.value.extend(update if isinstance(update, list) else [update])
    elif node.parent is not None:
        parent: Any = node.parent.value
        parent[node.location[-1]] = update


def _merge_objects(target: dict[str, Any], update: dict[str, Any]) -> None:
    for key, value in update.items():
        if isinstance(target.get(key), dict) and isinstance(value, dict):
            _merge_objects(target[key], value)
        elif isinstance(target.get(key), list):
            target[key].extend(value if isinstance(value, list) else [value])
        else:
            target[key] = value
