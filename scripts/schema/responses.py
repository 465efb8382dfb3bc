"""Fill the holes in the models of what the service sends: a field that was left out reads as None, not as UNSET.

openapi-python-client types an optional field as `T | Unset`, in responses as well as in requests. Here the models of
responses get `T | None`, or `T` where the overlay sets a default. A null or a default that the server did send stays
known, so that `to_dict` writes what arrived and nothing else.
"""

from __future__ import annotations

import io
import re
import tokenize
from pathlib import Path
from typing import Any

from .aliases import class_name
from .document import reachable
from .errors import GenerateError

# What the generator writes. Its version is pinned, and a part that is left over fails the generation.
FIELD = re.compile(r"^    (\w+): (.+) \| Unset = (.+)$", re.MULTILINE)
WRITTEN = re.compile(r"^        if (\w+) is not UNSET:\n            field_dict\[(.+)\] = \1$", re.MULTILINE)
REPEATED_CHECK = re.compile(r"^( +)if data is None:\n +return data\n(?=\1if data is None:\n)", re.MULTILINE)
UNION = re.compile(r"(?:.*(?:-> |: |cast\())(.+) \| Unset\b")
ADDITIONAL_FIELD = re.compile(r"^    additional_properties: .*\n", re.MULTILINE)
ADDITIONAL_WRITTEN = "        field_dict.update(self.additional_properties)\n"
ADDITIONAL_READ = re.compile(r"^        (\w+)\.additional_properties = (?:d|additional_properties)\n", re.MULTILINE)
FIELDS_WRITTEN = "        field_dict: dict[str, Any] = {}\n"

SENT_FIELD = "    _sent_empty: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=False, eq=False)\n"
SENT = re.compile(r"(?:^    |\.)_sent_empty\b", re.MULTILINE)
SENT_WRITTEN = "        field_dict.update(self._sent_empty)\n"
SENT_READ = """\
        {model}._sent_empty = {{
            key: src_dict[key]
            for key, default in {{{defaults}}}.items()
            if key in src_dict and src_dict[key] in (None, default)
        }}
"""
DEFAULT_READ = """\
{name} = d.pop({key}, {default})
        if {name} is None:
            {name} = {default}
"""


def fill_holes(document: dict[str, Any], output: Path) -> None:
    """Rewrite the models in the generated folder `output` that the service sends."""
    names = {class_name(name) for name in names_of_responses(document)}
    for path in sorted((output / "models").glob("*.py")):
        text = path.read_text(encoding="utf-8")
        model = re.search(r"^class (\w+):", text, re.MULTILINE)
        if model and model[1] in names and FIELD.search(text):
            path.write_text(_without_unset(text, f"models/{path.name}"), encoding="utf-8")


def names_of_responses(document: dict[str, Any]) -> set[str]:
    """Return the names of the schemas that the service sends. Some of them are also sent to it."""
    schemas: dict[str, Any] = document["components"]["schemas"]
    operations = [item for path in document["paths"].values() for item in path.values() if isinstance(item, dict)]
    requests = reachable(document, [operation.get("requestBody") for operation in operations])
    # The published schema does not refer to the events of a stream.
    others = [schema for name, schema in schemas.items() if name not in requests]
    responses = reachable(document, [*(operation.get("responses") for operation in operations), *others])
    return responses | (schemas.keys() - requests)


def _without_unset(text: str, file: str) -> str:
    defaults = {name: "None" if default == "UNSET" else default for name, _, default in FIELD.findall(text)}
    keys = dict(WRITTEN.findall(text))
    if defaults.keys() != keys.keys():
        raise GenerateError(f"{file}: openapi-python-client writes optional fields in a new way")
    for name, default in defaults.items():
        if default != "None":
            read = DEFAULT_READ.format(name=name, key=keys[name], default=default)
            text = text.replace(f"{name} = d.pop({keys[name]}, UNSET)\n", read)
    text = FIELD.sub(lambda field: _field(field[1], field[2], defaults[field[1]]), text)
    text = WRITTEN.sub(lambda field: _written(field[1], field[2], defaults[field[1]]), text)
    text = re.sub(r"^from \.\.types import .*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"isinstance\(([\w.]+), +Unset\)", r"\1 is None", text)
    text = re.sub(r".*\| Unset\b.*", lambda line: _optional(line[0]), text)
    text = REPEATED_CHECK.sub("", _none_for_unset(text))
    text = ADDITIONAL_FIELD.sub(lambda line: line[0] + SENT_FIELD, text)
    # The entries of a map are written in a loop.
    written = ADDITIONAL_WRITTEN if ADDITIONAL_WRITTEN in text else FIELDS_WRITTEN
    text = text.replace(written, written + SENT_WRITTEN)
    pairs = ", ".join(f"{keys[name]}: {default}" for name, default in defaults.items())
    text = ADDITIONAL_READ.sub(lambda line: line[0] + SENT_READ.format(model=line[1], defaults=pairs), text)
    if any(token.string in ("Unset", "UNSET") for token in _names(text)) or len(SENT.findall(text)) != 3:
        raise GenerateError(f"{file}: openapi-python-client uses Unset in a new way")
    return text


def _none_for_unset(text: str) -> str:
    """Write None for the name UNSET. A text or a key may have this word too."""
    lines = text.splitlines(keepends=True)
    for token in reversed(_names(text)):
        if token.string == "UNSET":
            (row, start), (_, end) = token.start, token.end
            lines[row - 1] = f"{lines[row - 1][:start]}None{lines[row - 1][end:]}"
    return "".join(lines)


def _names(text: str) -> list[tokenize.TokenInfo]:
    """Return the names in a module, without the words in its texts."""
    return [token for token in tokenize.generate_tokens(io.StringIO(text).readline) if token.type == tokenize.NAME]


def _field(name: str, annotation: str, default: str) -> str:
    line = f"    {name}: {annotation}"
    return f"{_optional(f'{line} | Unset') if default == 'None' else line} = {default}"


def _written(name: str, key: str, default: str) -> str:
    condition = "is not None" if default == "None" else f"!= {default}"
    return f"        if {name} {condition}:\n            field_dict[{key}] = {name}"


def _optional(line: str) -> str:
    """Replace `Unset` by `None` in a line of code, unless the union has `None` already."""
    union = UNION.match(line)
    has_none = union is not None and "None" in union[1].split(" | ")
    return line.replace(" | Unset", "" if has_none else " | None", 1)
