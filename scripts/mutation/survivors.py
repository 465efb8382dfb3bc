"""Mutants that no test noticed, and the file that judges them.

A mutant is named by its module, its function and its changed lines, so that its name stays the same when other lines
change. In the file, a judgement follows the mutant:

    _streaming/sse.py SSEDecoder.feed
    - if size > limit:
    + if size >= limit:
    equivalent: the slow path gives the same frames
"""

from __future__ import annotations

from dataclasses import dataclass

VERDICTS = ("equivalent: ", "accepted: ")


class SurvivorsError(ValueError):
    """The file of judgements cannot be read."""


@dataclass(frozen=True)
class Mutant:
    """One change of one function: the lines that it removes and the lines that it adds, without their indentation."""

    module: str
    function: str
    removed: tuple[str, ...]
    added: tuple[str, ...]

    def __str__(self) -> str:
        changes = [*(f"- {line}" for line in self.removed), *(f"+ {line}" for line in self.added)]
        return "\n".join([f"{self.module} {self.function}", *changes])


def read_survivors(text: str) -> dict[Mutant, str]:
    """Return the judgement of each mutant in the file. Lines that begin with `#` are comments.

    Raises:
        SurvivorsError: An entry is incomplete or occurs twice.
    """
    judgements: dict[Mutant, str] = {}
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    for entry in "\n".join(lines).split("\n\n"):
        if not entry.strip():
            continue
        head, *changes, judgement = entry.strip().splitlines()
        module, _, function = head.partition(" ")
        mutant = Mutant(module, function, _marked(changes, "- "), _marked(changes, "+ "))
        if not (function and mutant.removed) or not judgement.startswith(VERDICTS):
            raise SurvivorsError(f"this entry needs a function, its changed lines and a judgement:\n{entry}")
        if mutant in judgements:
            raise SurvivorsError(f"this mutant occurs twice:\n{mutant}")
        judgements[mutant] = judgement
    return judgements


def read_diff(module: str, function: str, diff: str) -> Mutant:
    """Return the mutant that a unified diff describes."""
    lines = [line for line in diff.splitlines() if not line.startswith(("---", "+++"))]
    return Mutant(module, function, _marked(lines, "-"), _marked(lines, "+"))


def _marked(lines: list[str], mark: str) -> tuple[str, ...]:
    return tuple(line.removeprefix(mark).strip() for line in lines if line.startswith(mark))
