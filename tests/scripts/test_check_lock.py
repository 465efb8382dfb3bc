"""A lock is complete: it holds every requirement of every package in it, on any system."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from check_lock import installed_in, missing, read_lock
from schema.paths import ROOT


@pytest.mark.parametrize(
    ("present", "instead", "sentence"),
    [
        (
            "coverage[toml]==",
            "coverage==",
            "requires coverage[toml]",
        ),
        ("h11==", "other==", "requires h11"),
        ("colorama==", "other==", "requires colorama"),  # Only on Windows.
        ("pluggy==1", "pluggy==0", "pytest ==9.2.0 requires pluggy"),
    ],
)
def test_an_incomplete_lock_is_noticed_on_any_system(present: str, instead: str, sentence: str) -> None:
    text = (ROOT / "requirements" / "dev.txt").read_text()
    assert f"\n{present}" in text
    lock = read_lock(text.replace(f"\n{present}", f"\n{instead}"))
    assert sentence in "\n".join(missing(lock, installed_in(Path(sys.prefix))))
