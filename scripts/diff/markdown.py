"""Write the report as Markdown, short enough for a comment on GitHub."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .changes import CallerLine, Change, next_version
from .report import CLIENT_FAILS, EFFECTS, Report
from .rules import STEPS
from .wording import change_parts, side_text

MARKER = "<!-- api-diff -->"  # The workflow finds its own comment by this.
LIMIT = 60_000  # Bytes. A comment on GitHub holds 65,536 characters, and the workflow may add a line.
MAX_VALUE = 160
MAX_NOTE = 400
MAX_LIST = 60
MAX_CALLERS = 10


def markdown(report: Report, limit: int = LIMIT) -> str:
    """Return the whole text, or as much of it as fits: first the verdict, what breaks, and the overlay."""
    breaking = [change for change in report.changes if change.breaking]
    head = [MARKER, _head(report), *(f"> **Not compared:** {_plain(text)}" for text in report.not_compared)]
    tail = [_list("Overlay: to clean up in `openapi-overlay.yaml`", report.overlay, _plain)]
    tail.append(_list("Acknowledged, but not found: remove them from `api-changes.yaml`", report.stale, _plain))
    tail = [text for text in tail if text]
    last = [text for text in [_list(CLIENT_FAILS, report.client_failures, _plain)] if text]
    room = limit - _size([*head, *tail, *last]) - 300
    middle, room, cut = _breaking(breaking, room)
    rest: list[str] = []
    for title, changes in (("Schema", report.schema), ("Python", report.python)):
        text, missing = _table(title, [change for change in changes if not change.breaking], room)
        room -= _size([text]) if text else 0
        rest += [text] if text else []
        cut = cut or missing
    new = [f"{_code(place)}: {_code(text)}" for place, text in report.descriptions.items()]
    text = _list("New descriptions: say them in our own words in `openapi.yaml`", new, str)
    if text and _size([text]) > room:
        text, cut = "", True
    note = "> This report is cut, because it is too long for a comment. `make api-diff` prints the rest with `HTML=`."
    parts = [*head, *([note] if cut else []), *middle, *tail, *rest, *([text] if text else []), *last]
    return "\n\n".join(parts) + "\n"


def _size(parts: Sequence[str]) -> int:
    return sum(len(part.encode()) + 2 for part in parts)


def _head(report: Report) -> str:
    outcome = report.verdict
    if outcome == "incomplete":
        return f"**API changes: incomplete**. {EFFECTS[outcome]}"
    step = next_version(report.version, outcome)
    release = "no release needed" if outcome == "none" else f"release as {step} (now {report.version})"
    accepted = sum(bool(change.acknowledged) for change in report.changes)
    note = f" Acknowledged: {accepted}." if accepted else ""
    return f"**API changes: {outcome}**, {release}. {EFFECTS[outcome]}{note}"


def _breaking(changes: list[Change], room: int) -> tuple[list[str], int, bool]:
    """Write what breaks callers: a table, how calls change, and the callers' lines that no longer check.

    Returns the parts, the room that is left, and whether changes are missing.
    """
    if not changes:
        return [], room, False
    rows = ["| # | Side | What | Change | Why | Next step |", "| --- | --- | --- | --- | --- | --- |"]
    calls: list[str] = []
    fails: list[str] = []
    room -= 200
    shown = 0
    for number, change in enumerate(changes, 1):
        row = _breaking_row(number, change)
        call = _call_lines(number, change)
        # A line without a known cause is a row by itself.
        callers = change.callers if change.rule != "caller-fails" else ()
        lines = [f"- {number}: {_chain(change, line)}" for line in callers[:MAX_CALLERS]]
        if len(change.callers) > MAX_CALLERS:
            lines.append(f"- {number}: … and {len(change.callers) - MAX_CALLERS} more lines")
        size = _size([row, *call, *lines])
        if size > room:
            break
        room -= size
        rows.append(row)
        calls += call
        fails += lines
        shown += 1
    parts = [f"### Breaking: {_count(len(changes))}", "\n".join(rows)]
    if shown < len(changes):
        parts.append(f"… and {len(changes) - shown} more that break callers: the report is cut here.")
    if calls:
        parts += ["How calls change:", "\n".join(["```python", *calls, "```"])]
    if fails:
        parts += ["Callers' lines that no longer type-check:", "\n".join(fails)]
    return parts, room, shown < len(changes)


def _breaking_row(number: int, change: Change) -> str:
    step = STEPS[change.rule]
    if change.acknowledged:
        step = f"**Acknowledged**: {_plain(change.acknowledged)}"
    mark = f"`{change.rule}` `{change.fingerprint}`"
    cells = [str(number), side_text(change), _names(change), _what(change), _plain(change.note), f"{step} {mark}"]
    return f"| {' | '.join(cells)} |"


def _chain(change: Change, line: CallerLine) -> str:
    """Write the way from the cause through the Python name to the caller's line."""
    names = dict.fromkeys([change.place, line.name])
    return " → ".join([*(_code(name) for name in names if name), _code(str(line))])


def _call_lines(number: int, change: Change) -> list[str]:
    if not change.call:
        return []
    before, after = (line.replace("`", "'") for line in change.call)
    return [f"{before}  # {number} before", f"{after}  # {number} after"]


def _table(title: str, changes: list[Change], room: int) -> tuple[str, bool]:
    """Write compatible changes as a table, as many as fit; say whether some do not."""
    if not changes:
        return "", False
    with_side = title == "Schema"
    titles = [*(["Side"] if with_side else []), "What", "Change", "Why"]
    rows = [f"| {' | '.join(titles)} |", f"|{' --- |' * len(titles)}"]
    room -= 200
    shown = 0
    for change in changes:
        cells = [*([side_text(change)] if with_side else []), _names(change), _what(change), _plain(change.note)]
        row = f"| {' | '.join(cells)} |"
        if (room := room - _size([row])) < 0:
            break
        rows.append(row)
        shown += 1
    text = "\n\n".join([f"### {title}: {_count(len(changes))}, compatible", "\n".join(rows)])
    missing = len(changes) - shown
    return (f"{text}\n\n… and {missing} more." if missing else text), bool(missing)


def _count(number: int) -> str:
    return f"{number} change{'s' * (number != 1)}"


def _names(change: Change) -> str:
    """Write the place, and the Python names that change with it."""
    effects = list(change.effects)
    if len(effects) > 3:  # A long list is cut, so what breaks callers comes first.
        effects.sort(key=lambda effect: not effect.breaking)
    names = [effect.place for effect in effects]
    also = len(change.also) + sum(len(effect.also) for effect in change.effects)
    text = _code(change.place)
    if names:
        shown = ", ".join(map(_code, names[:3]))
        text += f" → {shown}" + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    elif also and change.side == "python":
        text += f" and {also} more like it"
    return text


def _what(change: Change) -> str:
    return " ".join(f"{text} {_code(value)}".strip() for text, value in change_parts(change))


def _list(title: str, lines: Sequence[str], write: Callable[[str], str]) -> str:
    if not lines:
        return ""
    texts = [write(line) for line in lines[:MAX_LIST]]
    more = [f"… and {len(lines) - MAX_LIST} more"] if len(lines) > MAX_LIST else []
    return "\n\n".join([f"### {title}", "\n".join(f"- {line}" for line in [*texts, *more])])


def _code(text: str) -> str:
    """Quote foreign text so that nothing in it is read as Markdown, HTML or a mention."""
    line = " ".join(text.replace("`", "'").split()).replace("|", "\\|")
    return f"`{line if len(line) <= MAX_VALUE else line[: MAX_VALUE - 2].rstrip(chr(92)) + ' …'}`" if line else ""


def _plain(text: str) -> str:
    """Write our own text, which quotes foreign text between backticks. Only there may it look like Markdown."""
    line = " ".join(text.split())
    line = (line if len(line) <= MAX_NOTE else f"{line[:MAX_NOTE]} …").replace("|", "\\|")
    parts = line.split("`")
    if len(parts) % 2 == 0:  # A backtick too many: nothing is a quotation.
        parts = [line.replace("`", "'")]
    for index in range(0, len(parts), 2):
        for sign, entity in (
            ("<", "&lt;"),
            ("@", "&#64;"),
            ("[", "&#91;"),
            ("*", "&#42;"),
            ("://", ":&#47;/"),
        ):
            parts[index] = parts[index].replace(sign, entity)
    return "`".join(parts)
