"""Write what breaks callers as annotations of GitHub, each at the line of `openapi.yaml` that is the cause."""

from __future__ import annotations

import re

import yaml

from schema.document import place_of
from schema.paths import SCHEMA, SURFACE

from .changes import CallerLine, Change
from .report import CLIENT_FAILS, Report
from .rules import STEPS
from .wording import change_parts


def github_commands(report: Report, schema_text: str, surface_text: str) -> str:
    """Return one line a finding: an error, or a notice for one that a reviewer has acknowledged."""
    lines = [_command("error", {"title": "not compared"}, text) for text in report.not_compared]
    lines += [_command("error", {"title": CLIENT_FAILS}, text) for text in report.client_failures]
    root = yaml.compose(schema_text, Loader=yaml.SafeLoader) if schema_text else None
    for change in report.changes:
        if change.breaking:
            if change.rule != "caller-fails":
                lines.append(_annotation(change, root, surface_text))
            lines += [_caller(line, change) for line in change.callers]
    return "".join(f"{line}\n" for line in lines)


def _annotation(change: Change, root: yaml.Node | None, surface_text: str) -> str:
    if change.pointer:
        file, line = SCHEMA, line_of(root, place_of(change.pointer))
    else:
        file, line = SURFACE, _surface_line(change.place, surface_text)
    level = "notice" if change.acknowledged else "error"
    what = " ".join(filter(None, (part for pair in change_parts(change) for part in pair)))
    step = f"Acknowledged: {change.acknowledged}" if change.acknowledged else STEPS[change.rule]
    text = " ".join(filter(None, (f"{change.place}: {what}.", f"{change.note}." if change.note else "", step)))
    title = f"{change.rule} {change.fingerprint}"
    return _command(level, {"file": file, "line": str(line), "title": title}, text)


def _caller(line: CallerLine, change: Change) -> str:
    level = "notice" if change.acknowledged else "error"
    properties = {"file": line.file, "line": str(line.number), "title": f"because of {change.place}"}
    return _command(level, properties, line.message)


def line_of(root: yaml.Node | None, place: list[str]) -> int:
    """Return the line of a place, or of the closest place around it that is there."""
    line = 1
    node = root
    for part in place:
        if isinstance(node, yaml.MappingNode):
            found = next((pair for pair in node.value if str(pair[0].value) == part), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and part.isdigit() and int(part) < len(node.value):
            node = node.value[int(part)]
            line = node.start_mark.line + 1
        else:
            break
    return line


def _surface_line(place: str, surface_text: str) -> int:
    """Return the line of a name, or of the name that it belongs to."""
    lines = surface_text.splitlines()
    for name in (place, re.split(r"[(\[]|\.(?=\w+$)", place)[0]):
        for number, line in enumerate(lines, 1):
            if line.startswith((f"{name}:", f"{name}(")):
                return number
    return 1


def _command(level: str, properties: dict[str, str], text: str) -> str:
    """Write a workflow command. Foreign text cannot end it or begin another one."""
    fields = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in properties.items())
    return f"::{level} {fields}::{_escaped(text)}"


def _escaped(text: str, signs: str = "") -> str:
    return "".join(f"%{ord(sign):02X}" if sign in "%\r\n" + signs else sign for sign in text)
