"""Keep a value that the schema does not list, in the models of what the service sends.

The generator refuses such a value, and the whole response with it. A field called `type` stays strict, because the
models of a union are distinguished by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openapi_python_client.strings import snake_case

from .aliases import class_name
from .document import at, objects, reachable, references, referred_name
from .responses import names_of_responses

CHECK = re.compile(r"^    if value in \w+:\n        return value\n    raise TypeError\(.*\)\n", re.MULTILINE)
KEPT = "    # The service may send values of a later schema.\n    return cast({name}, value)\n"


def open_choices(document: dict[str, Any], output: Path) -> None:
    """Rewrite the checks of lists of values in the generated folder `output` that only responses have."""
    for name in sorted(set(_choices(document))):
        path = output / "models" / f"{snake_case(name)}.py"
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        if CHECK.search(text):
            text = CHECK.sub(KEPT.format(name=name), text)
            path.write_text(text.replace("import Literal", "import Literal, cast", 1), encoding="utf-8")


def _choices(document: dict[str, Any]) -> Iterator[str]:
    """Yield the classes of the lists of values that are only in responses and do not distinguish models."""
    schemas: dict[str, Any] = document["components"]["schemas"]
    operations = [item for path in document["paths"].values() for item in path.values() if isinstance(item, dict)]
    requests = reachable(document, [[part.get("requestBody"), part.get("parameters")] for part in operations])
    strict: set[str] = set()
    for _, node in objects(schemas):
        strict.add(referred_name(at(node, "properties", "type")))
        strict.update(name for key in ("anyOf", "oneOf") for name in references(node.get(key)))
    for name in names_of_responses(document) - requests:
        schema = schemas.get(name)
        if at(schema, "enum") and name not in strict:
            yield class_name(name)
        yield from _within(name, schema)


def _within(name: str, schema: Any) -> Iterator[str]:
    """Yield the classes of the lists of values in the fields of a schema."""
    for field, part in (at(schema, "properties") or {}).items():
        inner = at(part, "items") if at(part, "type") == "array" else part
        suffix = "_item" if inner is not part else ""
        if at(inner, "enum") and field != "type":
            yield class_name(f"{name}_{field}{suffix}")
        yield from _within(f"{name}_{field}{suffix}", inner)
