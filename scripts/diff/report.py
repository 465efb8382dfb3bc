"""Write the report on what a schema or package change does to callers, as Markdown."""

from __future__ import annotations

from dataclasses import dataclass, field

from .changes import Change, Verdict, next_version, verdict

MARKER = "<!-- api-diff -->"  # The workflow finds its own comment by this.
MAX_ROWS = 150  # A comment on GitHub holds 65,536 characters.
MAX_VALUE = 160
EFFECTS = {
    "none": "Nothing that a caller could notice.",
    "compatible": "Callers need not do anything.",
    "incomplete": "A part was not compared, so there may be more than the tables show. A check fails as for breaking.",
    "breaking": "Some callers have to change their code, or depend on what the service no longer does.",
}


@dataclass
class Report:
    """Everything that the report says."""

    version: str
    schema: list[Change] = field(default_factory=list)
    python: list[Change] = field(default_factory=list)
    overlay: list[str] = field(default_factory=list)
    descriptions: dict[str, str] = field(default_factory=dict)
    not_compared: list[str] = field(default_factory=list)

    @property
    def verdict(self) -> Verdict:
        """The worst of all changes. Half a comparison has no verdict."""
        return "incomplete" if self.not_compared else verdict([*self.schema, *self.python])

    def markdown(self) -> str:
        """Return the whole text."""
        parts = [MARKER, self._head(), *(f"> **Not compared:** {_plain(text)}" for text in self.not_compared)]
        for title, changes in (("Schema", self.schema), ("Python", self.python)):
            if changes:
                breaking = sum(change.breaking for change in changes)
                count = f"{len(changes)} change{'s' * (len(changes) != 1)}, {breaking} breaking"
                parts += [f"### {title}: {count}", _table(changes)]
        if self.overlay:
            lines = [_plain(text) for text in self.overlay]
            parts += ["### Overlay: to clean up in `openapi-overlay.yaml`", _list(lines)]
        if self.descriptions:
            lines = [f"{_code(place)}: {_code(text)}" for place, text in self.descriptions.items()]
            parts += ["### New descriptions: say them in our own words in `openapi.yaml`", _list(lines)]
        return "\n\n".join(parts) + "\n"

    def _head(self) -> str:
        if self.verdict == "incomplete":
            return f"**API changes: incomplete**. {EFFECTS['incomplete']}"
        step = next_version(self.version, self.verdict)
        release = "no release needed" if self.verdict == "none" else f"release as {step} (now {self.version})"
        return f"**API changes: {self.verdict}**, {release}. {EFFECTS[self.verdict]}"


def _table(changes: list[Change]) -> str:
    """Write the changes as a table, the breaking ones first. Only schema changes have a side."""
    with_side = any(change.side != "python" for change in changes)
    titles = ["Breaking", *(["Side"] if with_side else []), "Place", "Before", "After", "Why"]
    rows = [titles, ["---"] * len(titles)]
    for change in sorted(changes, key=lambda change: not change.breaking)[:MAX_ROWS]:
        side = ["request and response" if change.side == "both" else change.side] if with_side else []
        values = [_code(change.old) or "(new)", _code(change.new) or "(removed)"]
        rows.append(["**yes**" if change.breaking else "no", *side, _code(change.place), *values, _plain(change.note)])
    text = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return text if len(changes) <= MAX_ROWS else f"{text}\n\n… and {len(changes) - MAX_ROWS} more."


def _list(lines: list[str]) -> str:
    more = [f"… and {len(lines) - MAX_ROWS} more"] if len(lines) > MAX_ROWS else []
    return "\n".join(f"- {line}" for line in [*lines[:MAX_ROWS], *more])


def _code(text: str) -> str:
    """Quote foreign text so that nothing in it is read as Markdown, HTML or a mention."""
    line = " ".join(text.replace("`", "'").split()).replace("|", "\\|")
    return f"`{line if len(line) <= MAX_VALUE else line[: MAX_VALUE - 2].rstrip(chr(92)) + ' …'}`" if line else ""


def _plain(text: str) -> str:
    line = " ".join(text.split()).replace("|", "\\|")
    return line.replace("<", "&lt;").replace("@", "&#64;")
