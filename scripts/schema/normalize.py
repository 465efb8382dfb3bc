"""Bring a published schema into the form of `openapi.yaml`, so that only what changed for callers changes a byte.

Our own descriptions, our order of names and our spelling stay where a place still means the same. The vendor's titles,
examples and `x-` extensions are dropped: code samples and display names say nothing about the API.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import yaml

from .canonical import (
    DEFAULTS,
    SCHEMA_LISTS,
    SCHEMAS,
    are_disjoint,
    canonical,
    canonical_schema,
    without_extensions,
    write_bounds,
)
from .document import NAME_MAPS, VALUES, Place, at, objects, pointer, reachable, references, referred_name, resolved
from .inline import inlined
from .meaning import Meaning
from .naming import COMPONENTS, rename_component

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


def normalize(
    published: dict[str, Any], present: dict[str, Any], renamed: dict[str, str] | None = None
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return `published` in the form of `present`, and the descriptions that are still the vendor's, by place.

    Args:
        published: The vendor's document.
        present: Ours.
        renamed: Our names of the vendor's schemas that have others by now.
    """
    new, old = canonical(inlined(without_extensions(published))), copy.deepcopy(present)
    new_names, old_names = (at(document, *COMPONENTS) or {} for document in (new, old))
    for theirs, ours in (renamed or {}).items():
        if theirs in new_names and ours in old_names and theirs not in old_names:
            rename_component(old, ours, theirs)
    form = _Form(new, old)
    return form.document(), form.foreign


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


class _Form:
    """Brings the parts of one document into the form of ours at the same places."""

    def __init__(self, new: dict[str, Any], old: dict[str, Any]) -> None:
        self.foreign: dict[str, str] = {}
        self._new, self._old = new, old
        self._meaning = Meaning(new, canonical(old))
        self._new_names: dict[str, Any] = at(new, *COMPONENTS) or {}
        self._old_names: dict[str, Any] = at(old, *COMPONENTS) or {}
        self._inlined: dict[str, Any] = {}

    def document(self) -> dict[str, Any]:
        result: dict[str, Any] = self._object(self._new, self._old, ())
        schemas = at(result, *COMPONENTS)
        if not isinstance(schemas, dict):
            return result
        used = set(references(self._new))
        waiting = set(references(result)) - schemas.keys()
        while waiting:  # Names of ours that the vendor writes out, or calls otherwise without another meaning.
            name = waiting.pop()
            old, place = self._old_names.get(name), (*COMPONENTS, name)
            new = self._inlined.get(name)
            schemas[name] = old if new is None else self._object(new, old, place, is_schema=True)
            waiting = set(references(result)) - schemas.keys()
        kept = reachable(result, [part for key, part in result.items() if key != "components"])
        kept |= {name for name in schemas if name in self._old_names or name not in used}
        kept |= reachable(result, [schemas[name] for name in kept if name in schemas])
        order = [*(name for name in self._old_names if name in schemas), *schemas]
        result["components"]["schemas"] = {name: schemas[name] for name in dict.fromkeys(order) if name in kept}
        return result

    def _object(self, new: Any, old: Any, place: Place, is_schema: bool = False) -> Any:
        """Bring one object of the format into the form of ours at the same place, and note new descriptions."""
        if not isinstance(new, dict):
            return new
        old = old if isinstance(old, dict) else {}
        if is_schema and old:
            ours = canonical_schema(old, self._old)
            if self._meaning.same(new, ours):
                if _structure(new) != _structure(old):
                    return old
            else:
                new = self._in_our_form(new, old)
        texts = (*TEXTS, "title") if place == ("info",) else TEXTS
        result: dict[str, Any] = {}
        for key, value in new.items():
            if key not in texts and not _is_dropped(key):
                result[key] = self._value(key, value, old.get(key), (*place, key))
        for key in texts:
            if isinstance(old.get(key), str):
                result[key] = old[key]
            elif isinstance(new.get(key), str):
                result[key] = self.foreign[pointer((*place, key))] = clean_text(new[key])
        return dict(sorted(result.items(), key=lambda item: (_RANKS.get(item[0], len(_RANKS)), item[0])))

    def _in_our_form(self, new: dict[str, Any], old: dict[str, Any]) -> dict[str, Any]:
        """Choose our spelling for a schema that changed: written out or by name, and one keyword for unions."""
        name, ours = referred_name(new), referred_name(old)
        if name and name not in self._old_names:
            target = resolved(new, self._new)
            # A named union in the place of one schema is written out: the overlay extends such unions.
            is_union = bool(target.keys() & {"anyOf", "oneOf"}) and ours in set(references(target))
            if (not ours or is_union) and name not in reachable(self._new, target):
                new = {**target, **{key: value for key, value in new.items() if key != "$ref"}}
        elif ours and not name and ours not in self._new_names:
            schema = {key: value for key, value in new.items() if key not in TEXTS}
            if self._inlined.setdefault(ours, schema) == schema:
                new = {"$ref": old["$ref"]}
        new = dict(new)
        if "const" in new and "const" not in old and "enum" in old:
            new["enum"] = [new.pop("const")]
        for key in ("anyOf", "oneOf"):
            if key in old and "$ref" in new and {"$ref": new["$ref"]} in old[key]:
                new[key] = [{"$ref": new.pop("$ref")}]  # A union stays one, even with one member left.
        if "anyOf" in new and "anyOf" not in old and "oneOf" in old and are_disjoint(new["anyOf"], self._new):
            new["oneOf"] = new.pop("anyOf")
        for key, value in DEFAULTS.items():
            if key in old and key not in new and old[key] == value and new.get("type") == old.get("type"):
                new[key] = value
        return new

    def _value(self, key: str, new: Any, old: Any, place: Place) -> Any:
        """Bring the value of a keyword into form: a list, a map of names, a value of the API, or one object."""
        is_schema = key in SCHEMAS or key in SCHEMA_LISTS
        if isinstance(new, list):
            old = old if isinstance(old, list) else []
            pairs = self._paired(new, old) if key in SETS else zip(new, [*old, *[None] * len(new)], strict=False)
            if key in VALUES:
                return [item for item, _ in pairs]
            return [self._object(item, match, (*place, str(i)), is_schema) for i, (item, match) in enumerate(pairs)]
        if key in NAME_MAPS and isinstance(new, dict):
            old = old if isinstance(old, dict) else {}
            names = [*(name for name in old if name in new), *(name for name in new if name not in old)]
            is_schema = key in ("schemas", "properties", "patternProperties", "$defs", "dependentSchemas")
            return {name: self._object(new[name], old.get(name), (*place, name), is_schema) for name in names}
        return new if key in VALUES else self._object(new, old, place, is_schema)

    def _paired(self, new: list[Any], old: list[Any]) -> list[tuple[Any, Any]]:
        """Pair each item with ours, in our order: the same item, or the one that it evidently was before it changed."""
        left = list(new)
        matches: dict[int, Any] = {}

        def match(same: Callable[[Any, Any], bool]) -> None:
            for i, item in enumerate(old):
                found = [j for j, other in enumerate(left) if same(other, item)] if i not in matches else []
                if found:
                    matches[i] = left.pop(found[0])

        match(lambda other, item: _structure(other) == _structure(item))
        match(lambda other, item: self._same(other, item))
        match(lambda other, item: _identity(item) != "" and _identity(other) == _identity(item))
        match(lambda other, item: _identity(item) != "" and _identity(self._inner(other)) == _identity(item))
        return [(matches[i], item) for i, item in enumerate(old) if i in matches] + [(item, None) for item in left]

    def _inner(self, new: Any) -> Any:
        """Return the schema that a new reference leads to, since ours may be written out."""
        is_new = referred_name(new) and referred_name(new) not in self._old_names
        return resolved(new, self._new) if is_new else new

    def _same(self, new: Any, old: Any) -> bool:
        if not isinstance(new, dict) or not isinstance(old, dict):
            return False
        return self._meaning.same(new, canonical_schema(old, self._old))


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
    """Write a document of OpenAPI 3.0 or 3.2 in the terms of 3.1, as far as its check needs that."""
    if not str(document.get("openapi", "")).startswith(("3.0", "3.2")):
        return document
    document = {**copy.deepcopy(document), "openapi": "3.1.0"}
    for _, node in objects(document):
        write_bounds(node)
    return document
