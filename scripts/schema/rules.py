"""What holds for every schema, whatever the vendor writes: answers are open, and a string is a string."""

from __future__ import annotations

import copy
from typing import Any

from .document import at, objects
from .responses import names_of_responses


def open_responses(document: dict[str, Any]) -> None:
    """Open every object that the service sends, so that a field which a later edition adds is kept."""
    for name in names_of_responses(document):
        for _, node in objects(at(document, "components", "schemas", name)):
            if node.get("additionalProperties") is False:
                node["additionalProperties"] = True
            node.pop("unevaluatedProperties", None)


def without_formats(document: dict[str, Any]) -> dict[str, Any]:
    """Return a copy in which a `format` gives no other type: dates are strings in JSON, so callers pass strings."""
    document = copy.deepcopy(document)
    for _, node in objects(document):
        if "type" in node:
            node.pop("format", None)
            node.pop("contentMediaType", None)
            node.pop("contentEncoding", None)
    return document
