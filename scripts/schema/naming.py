"""Give the parts of a schema the names that Python code gets, where the vendor's names are missing, taken or new.

Two kinds of overlay actions do that. `x-schema-name` names a schema: a component is renamed, and an inline schema
becomes a component. `x-python-name` names the attribute of a property. The key on the wire stays what the vendor says.
"""

from __future__ import annotations

import copy
import keyword
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from .document import Place, at, objects, referred_name
from .errors import OverlayError
from .nullable import without_null
from .paths import OVERLAY

SCHEMA_NAME = "x-schema-name"
PYTHON_NAME = "x-python-name"
COMPONENTS: Place = ("components", "schemas")
RENAMED = re.compile(r"\$\.components\.schemas(?:\.([A-Za-z]\w*)|\[['\"]([^'\"]+)['\"]\])")
PASTE = f"Give it another name with this line in {OVERLAY}, the first below `actions:`"
IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def name_schema(document: dict[str, Any], place: tuple[Any, ...], name: str) -> str:
    """Give the schema at a place a name; return a warning if it has the name already."""
    schemas = document["components"]["schemas"]
    node = at(document, *map(str, place))
    reference = _reference(node)
    old = place[2] if len(place) == 3 and place[:2] == COMPONENTS else referred_name(reference)
    if old == name:
        return f": {name} is in the schema by now, remove it here"
    if not old and schemas.get(name):
        raise OverlayError(f"the schema has another {name} by now. {PASTE}\n{line_to_rename(name)}")
    if old:
        if name in schemas:
            raise OverlayError(f"the schema has both {old} and {name}. {PASTE}\n{line_to_rename(name)}")
        rename_component(document, old, name)
    else:
        _move_to_components(document, node, name)
    return ""


def _reference(node: Any) -> Any:
    """Return the reference that a schema is, or that it is apart from null."""
    members = [member for key in ("anyOf", "oneOf") for member in at(node, key) or ()]
    rest = [member for member in members if member != {"type": "null"}]
    return rest[0] if len(rest) == 1 and len(members) == 2 else node


def renamed_schemas(overlay: dict[str, Any]) -> dict[str, str]:
    """Return our names of the components that the overlay renames, by the vendor's names."""
    actions = [action for action in overlay.get("actions") or [] if isinstance(action, dict) and SCHEMA_NAME in action]
    found = ((RENAMED.fullmatch(str(action.get("target"))), str(action[SCHEMA_NAME])) for action in actions)
    return {target[1] or target[2]: name for target, name in found if target}


def with_our_names(document: dict[str, Any], overlay: dict[str, Any]) -> dict[str, Any]:
    """Return a copy of a document in which the components that the overlay renames have our names."""
    document = copy.deepcopy(document)
    for theirs, ours in renamed_schemas(overlay).items():
        names = at(document, *COMPONENTS) or {}
        if theirs in names and ours not in names:
            rename_component(document, theirs, ours)
    return document


def rename_component(document: dict[str, Any], old: str, new: str) -> None:
    """Give a component another name, in place and wherever the document refers to it."""
    schemas = document["components"]["schemas"]
    document["components"]["schemas"] = {new if name == old else name: schema for name, schema in schemas.items()}
    before, after = (f"#/components/schemas/{name}" for name in (old, new))
    for _, node in objects(document):
        if node.get("$ref") == before:
            node["$ref"] = after
        mapping: Any = node.get("mapping")
        for value, target in mapping.items() if isinstance(mapping, dict) else ():
            if target in (before, old):
                mapping[value] = after


def _move_to_components(document: dict[str, Any], node: dict[str, Any], name: str) -> None:
    """Move an inline schema to the components. Null stays at its place, because a named type is one without null."""
    schema = copy.deepcopy(node)
    is_nullable = without_null(schema)
    document["components"]["schemas"][name] = schema
    description = node.get("description")
    reference = {"$ref": f"#/components/schemas/{name}"}
    node.clear()
    if description:
        node["description"] = description
    node.update({"anyOf": [reference, {"type": "null"}]} if is_nullable else reference)


def named_properties(document: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Use the Python names of properties as their keys; return the keys on the wire, by component and Python name."""
    found: dict[str, dict[str, str]] = {}
    for place, node in objects(document):
        properties: Any = node.get("properties")
        schemas = properties.items() if isinstance(properties, dict) else ()
        names = {name: _python_name(schema) for name, schema in schemas if _python_name(schema)}
        if not names:
            continue
        if len(place) != 3:
            here = "/".join(("", *place))
            raise OverlayError(f"{here}: give this schema an {SCHEMA_NAME}, then its properties an {PYTHON_NAME}")
        node["properties"] = {names.get(name, name): schema for name, schema in schemas}
        if len(node["properties"]) < len(properties):
            raise OverlayError(f"two properties of {place[2]} have the same {PYTHON_NAME}")
        if isinstance(node.get("required"), list):
            node["required"] = [names.get(name, name) for name in node["required"]]
        found[place[2]] = {new: old for old, new in names.items()}
    return found


def _python_name(schema: Any) -> str:
    return str(schema.get(PYTHON_NAME, "")) if isinstance(schema, dict) else ""


def line_to_paste(place: Place, key: str, name: str, why: str) -> str:
    """Return the overlay action, on one line, that gives a part of the schema a name."""
    target = "$" + "".join(f".{part}" if IDENTIFIER.fullmatch(part) else f"['{part}']" for part in place)
    return f'  - {{target: "{target}", {key}: {name}, description: {why}}}'


def line_to_rename(name: str) -> str:
    """Return the overlay action, on one line, that gives a component another name because its own is taken."""
    return line_to_paste((*COMPONENTS, name), SCHEMA_NAME, f"{name}Schema", "The name is taken.")


def suggested(name: str, taken: Iterable[str]) -> str:
    """Return a Python name for a name that cannot be used, such as `field_2d` for `2d`."""
    ascii_text = unicodedata.normalize("NFKD", name.replace("ß", "ss")).encode("ascii", "ignore").decode()
    words = re.sub(r"\W+", "_", ascii_text).strip("_").lower()
    if not words or not words[0].isalpha():
        words = f"field_{words}".rstrip("_")
    return f"{words}_value" if words in taken or keyword.iskeyword(words) else words
