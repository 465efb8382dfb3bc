"""Bring a published schema into the form of `openapi.yaml`, so that only what changed for callers changes a byte.

Our own descriptions, and our order of names, stay where the place still exists. The vendor's titles, examples and
`x-` extensions are dropped: code samples and display names say nothing about the API.
"""

from __future__ import annotations

import copy
import json
from typing import Any

import yaml

from .document import NAME_MAPS, VALUES, Place, objects, pointer

# The order of keywords within one object. Others follow in alphabetical order.
KEYWORDS = """
    openapi title version url operationId tags summary description info servers security paths deprecated
    $ref type in name format nullable required enum const
    multipleOf minimum exclusiveMinimum maximum exclusiveMaximum minLength maxLength pattern minItems maxItems
    uniqueItems minProperties maxProperties default readOnly writeOnly
    prefixItems items properties patternProperties additionalProperties discriminator allOf anyOf oneOf not
    parameters requestBody responses headers content schema scheme bearerFormat flows components schemas
""".split()  # noqa: SIM905 # As a list it would fill a screen.
# Lists whose order means nothing: our order stays, and new items come last.
SETS = frozenset({"allOf", "anyOf", "enum", "oneOf", "parameters", "required", "security", "tags", "type"})
TEXTS = ("summary", "description")
DROPPED = frozenset({"example", "examples", "externalDocs", "title"})
LONGEST_TEXT = 300

_RANKS = {key: rank for rank, key in enumerate(KEYWORDS)}


def normalize(published: dict[str, Any], present: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return `published` in the form of `present`, and the descriptions that are still the vendor's, by place."""
    foreign: dict[str, str] = {}
    return _object(upgraded(published), present, (), foreign), foreign


def structure(document: Any) -> Any:
    """Return a copy without what `openapi.yaml` drops and without descriptions."""
    document = copy.deepcopy(document)
    for _, node in objects(document):
        for key in [key for key in node if _is_dropped(key) or key in TEXTS]:
            del node[key]
    return document


def dump(document: dict[str, Any]) -> str:
    """Write a document as `openapi.yaml` does: block style, one line a text, quotes only where YAML needs them."""
    return yaml.dump(
        document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=False, width=float("inf")
    )


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _is_dropped(key: str) -> bool:
    return key in DROPPED or key.startswith("x-")


def _object(new: Any, old: Any, place: Place, foreign: dict[str, str]) -> Any:
    """Bring one object of the format into the form of ours at the same place, and note descriptions that are new."""
    if not isinstance(new, dict):
        return new
    old = old if isinstance(old, dict) else {}
    texts = (*TEXTS, "title") if place == ("info",) else TEXTS
    result: dict[str, Any] = {}
    for key, value in new.items():
        if key not in texts and not _is_dropped(key):
            result[key] = _value(key, value, old.get(key), (*place, key), foreign)
    for key in texts:
        if isinstance(old.get(key), str):
            result[key] = old[key]
        elif isinstance(new.get(key), str):
            result[key] = foreign[pointer((*place, key))] = clean_text(new[key])
    return dict(sorted(result.items(), key=lambda item: (_RANKS.get(item[0], len(_RANKS)), item[0])))


def _value(key: str, new: Any, old: Any, place: Place, foreign: dict[str, str]) -> Any:
    """Bring the value of a keyword into form: a list, a map of names, a value of the API, or one object."""
    if isinstance(new, list):
        old = old if isinstance(old, list) else []
        pairs = _paired(new, old) if key in SETS else zip(new, [*old, *[None] * len(new)], strict=False)
        if key in VALUES:
            return [item for item, _ in pairs]
        return [_object(item, match, (*place, str(i)), foreign) for i, (item, match) in enumerate(pairs)]
    if key in NAME_MAPS and isinstance(new, dict):
        old = old if isinstance(old, dict) else {}
        names = [*(name for name in old if name in new), *(name for name in new if name not in old)]
        return {name: _object(new[name], old.get(name), (*place, name), foreign) for name in names}
    return new if key in VALUES else _object(new, old, place, foreign)


def _paired(new: list[Any], old: list[Any]) -> list[tuple[Any, Any]]:
    """Pair each item with ours, in our order: the same item, or the one that it evidently was before it changed."""
    left = list(new)
    matches: dict[int, Any] = {}
    for key in (_structure, _identity):
        for i, item in enumerate(old):
            wanted = key(item) if i not in matches else ""
            found = [j for j, other in enumerate(left) if wanted and key(other) == wanted]
            if found:
                matches[i] = left.pop(found[0])
    return [(matches[i], item) for i, item in enumerate(old) if i in matches] + [(item, None) for item in left]


def _structure(item: Any) -> str:
    return json.dumps(structure(item), sort_keys=True, default=str)


def _identity(item: Any) -> str:
    """Return what stays when an item changes: its reference, its constants, or its type."""
    if not isinstance(item, dict):
        return ""
    properties = item.get("properties")
    fields = properties.items() if isinstance(properties, dict) else ()
    constants = {name: field["const"] for name, field in fields if isinstance(field, dict) and "const" in field}
    return json.dumps([item.get("$ref"), item.get("name"), constants, item.get("type")], sort_keys=True, default=str)


def clean_text(text: str) -> str:
    """Make foreign text one line of bounded length without control characters, since it ends up in docstrings."""
    visible = "".join(c if c.isprintable() else " " for c in text)
    line = " ".join(visible.replace("\\", "/").replace('"', "'").split())
    return line if len(line) <= LONGEST_TEXT else line[: LONGEST_TEXT - 2].rstrip() + " …"


def upgraded(document: dict[str, Any]) -> dict[str, Any]:
    """Write an OpenAPI 3.0 document in the terms of 3.1, but keep `nullable`, which the vendor writes in 3.1 too."""
    if not str(document.get("openapi", "")).startswith("3.0"):
        return document
    document = {**copy.deepcopy(document), "openapi": "3.1.0"}
    for _, node in objects(document):
        for bound, flag in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
            if node.get(flag) is True and bound in node:
                node[flag] = node.pop(bound)
            elif node.get(flag) is False:
                del node[flag]
        if isinstance(node.get("enum"), list) and len(node["enum"]) == 1:
            node["const"] = node.pop("enum")[0]
    return document
