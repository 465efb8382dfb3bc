"""Give the generated models their base classes, which hold hand-written methods: `base-classes` in the overlay."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from .aliases import FUTURE
from .errors import GenerateError

CLASS = re.compile(r"^class (\w+):$", re.MULTILINE)
FIELD = re.compile(r"^    (\w+): ", re.MULTILINE)


def add_bases(overlay: dict[str, Any], output: Path) -> None:
    """Rewrite the models in the generated folder `output`, so that each has the base class that the overlay names."""
    config = (overlay.get("x-client") or {}).get("base-classes")
    if not config:
        return
    special = dict(config.get("models") or {})
    for path in sorted((output / "models").glob("*.py")):
        text = path.read_text(encoding="utf-8")
        model = CLASS.search(text)
        if model is None or "@_attrs_define" not in text:  # An enumeration.
            continue
        base = special.pop(model[1], config["default"])
        if set(FIELD.findall(text)) & set(config["methods"]):
            continue
        text = CLASS.sub(rf"class \1({base}):", text, count=1)
        path.write_text(
            text.replace(FUTURE, f"{FUTURE}from ...{config['module']} import {base}\n", 1), encoding="utf-8"
        )
    if special:
        raise GenerateError(f"the generated code has no {', '.join(sorted(special))}, which base-classes names")
