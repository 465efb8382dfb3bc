"""Put new files in the place of old ones: all of them, or none."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path


def replace_all(names: Iterable[str], root: Path, fresh: Path, replaced: Path) -> None:
    """Move files and folders from `fresh` to `root`, and the old ones to `replaced`. Any failure undoes all moves."""
    with contextlib.ExitStack() as undo:
        for name in names:
            (replaced / name).parent.mkdir(parents=True, exist_ok=True)
            # Registered before the move, so that an interrupt between the two is undone too.
            undo.callback(_move, replaced / name, root / name)
            _move(root / name, replaced / name)
            undo.callback(_move, root / name, fresh / name)
            (fresh / name).rename(root / name)
        undo.pop_all()


def _move(path: Path, target: Path) -> None:
    if path.exists() and not target.exists():
        path.rename(target)
