"""Bring a published schema into the form of `openapi.yaml`, so that only what changed for callers changes a byte.

Our own descriptions, and our order of names, stay where the place still exists. The vendor's titles, examples and
`x-` extensions go: code samples and display names say nothing about the API.
"""

from __future__ import annotations

import json
from typing import Any

import yaml

# The order of keywords within one object; those not named here follow, by alphabet.
KEYWORDS = """
    openapi title version url operationId tags summary description info servers security paths deprecated
    $ref type in name format nullable required enum const
    multipleOf minimum exclusiveMinimum maximum exclusiveMaximum minLength maxLength pattern minItems maxItems
    uniqueItems minProperties maxProperties default readOnly writeOnly
    prefixItems items properties patternProperties additionalProperties discriminator allOf anyOf oneOf not
    parameters requestBody responses headers content schema scheme bearerFormat flows components schemas
""".split()  # noqa: SIM905 # As a list it would fill a screen.
# Keys whose value maps names, not keywords: a property may well be called `title` or `x-id`.
NAME_MAPS = frozenset(
    {"properties", "patternProperties", "$defs", "dependentSchemas", "schemas", "responses", "requestBodies", "headers"}
    | {"securitySchemes", "links", "callbacks", "pathItems", "paths", "webhooks", "content", "encoding", "variables"}
    | {"parameters"}
)
# Keys whose value belongs to the API, not to the format: kept as it is.
VALUES = frozenset({"const", "default", "dependentRequired", "mapping", "scopes", "security"})
# Lists whose order means nothing: ours stays, what is new comes last.
SETS = frozenset({"allOf", "anyOf", "enum", "oneOf", "parameters", "required", "security", "tags", "type"})
DROPPED = frozenset({"example", "examples", "externalDocs", "title"})
TEXTS = ("summary", "description")
LONGEST_TEXT = 300

_RANKS = {key: rank for rank, key in enumerate(KEYWORDS)}

Place = tuple[str, ...]


def normalise(published: dict[str, Any], present: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return `published` in the form and words of `present`, and the places that carry the vendor's own words."""
    foreign: list[str] = []
    return _object(upgraded(published), present, (), foreign), foreign


def structure(node: Any) -> Any:
    """Return an object of the format without its texts."""
    return _object(node, None, (), None)


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


def _object(new: Any, old: Any, place: Place, foreign: list[str] | None) -> Any:
    """Bring one object of the format into form; without a list for places with foreign words, leave all words out."""
    if not isinstance(new, dict):
        return new
    old = old if isinstance(old, dict) else {}
    texts = (*TEXTS, "title") if place == ("info",) else TEXTS
    result: dict[str, Any] = {}
    for key, value in new.items():
        if key not in texts and key not in DROPPED and not key.startswith("x-"):
            result[key] = _value(key, value, old.get(key), (*place, key), foreign)
    for key in texts:
        if foreign is None:
            continue
        if isinstance(old.get(key), str):
            result[key] = old[key]
        elif isinstance(new.get(key), str):
            result[key] = clean_text(new[key])
            foreign.append(pointer((*place, key)))
    return dict(sorted(result.items(), key=lambda item: (_RANKS.get(item[0], len(_RANKS)), item[0])))


def _value(key: str, new: Any, old: Any, place: Place, foreign: list[str] | None) -> Any:
    if key in SETS and isinstance(new, list):
        pairs = _paired(new, old if isinstance(old, list) else [])
    elif isinstance(new, list):
        before = old if isinstance(old, list) else []
        pairs = [(item, before[i] if i < len(before) else None) for i, item in enumerate(new)]
    elif key in NAME_MAPS and isinstance(new, dict):
        named = old if isinstance(old, dict) else {}
        names = [name for name in named if name in new] + [name for name in new if name not in named]
        return {name: _object(new[name], named.get(name), (*place, name), foreign) for name in names}
    elif key in VALUES:
        return new
    else:
        return _object(new, old, place, foreign)
    if key in VALUES:
        return [item for item, _ in pairs]
    return [_object(item, match, (*place, str(i)), foreign) for i, (item, match) in enumerate(pairs)]


def _paired(new: list[Any], old: list[Any]) -> list[tuple[Any, Any]]:
    """Pair each item with ours, in our order: the same item, or the one that it plainly was before it changed."""
    matches: dict[int, int] = {}
    for key in (_structure, _identity):
        for i, item in enumerate(old):
            if i in matches:
                continue
            wanted = key(item)
            taken = set(matches.values())
            found = (j for j, other in enumerate(new) if j not in taken and wanted and key(other) == wanted)
            if (j := next(found, None)) is not None:
                matches[i] = j
    kept = [(new[matches[i]], item) for i, item in enumerate(old) if i in matches]
    return kept + [(item, None) for j, item in enumerate(new) if j not in set(matches.values())]


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
    """Make a foreign text one line of bounded length without control characters; it ends up in docstrings."""
    visible = "".join(c if c.isprintable() else " " for c in text)
    line = " ".join(visible.replace("\\", "/").replace('"', "'").split())
    return line if len(line) <= LONGEST_TEXT else line[: LONGEST_TEXT - 2].rstrip() + " …"


def pointer(place: Place) -> str:
    """Write a place as a JSON pointer."""
    return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in place)


def upgraded(document: dict[str, Any]) -> dict[str, Any]:
    """Write an OpenAPI 3.0 document in the terms of 3.1; `nullable` stays, which is how the vendor writes it in 3.1."""
    if not str(document.get("openapi", "")).startswith("3.0"):
        return document
    return {**_upgraded(document), "openapi": "3.1.0"}


def _upgraded(node: Any, names: bool = False) -> Any:
    if isinstance(node, list):
        return [_upgraded(item) for item in node]
    if not isinstance(node, dict):
        return node
    result = {
        key: value if key in VALUES and not names else _upgraded(value, key in NAME_MAPS and not names)
        for key, value in node.items()
    }
    if names:
        return result
    for bound, flag in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if result.get(flag) is True and bound in result:
            result[flag] = result.pop(bound)
        elif result.get(flag) is False:
            del result[flag]
    choices = result.get("enum")
    if isinstance(choices, list) and len(choices) == 1:
        result["const"] = result.pop("enum")[0]
    return result
