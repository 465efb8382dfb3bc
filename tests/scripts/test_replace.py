"""New files in the place of old ones: all of them, or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from schema.replace import replace_all


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path, Path]:
    for folder in ("root", "fresh"):
        (tmp_path / folder / "code").mkdir(parents=True)
        (tmp_path / folder / "code" / "a.py").write_text(folder)
        (tmp_path / folder / "b.txt").write_text(folder)
    return tmp_path / "root", tmp_path / "fresh", tmp_path / "replaced"


def contents(folder: Path) -> list[str]:
    return [(folder / name).read_text() for name in ("code/a.py", "b.txt")]


def test_all_files_are_replaced(folders: tuple[Path, Path, Path]) -> None:
    root, fresh, replaced = folders
    replace_all(["code", "b.txt"], root, fresh, replaced)
    assert contents(root) == ["fresh", "fresh"]
    assert contents(replaced) == ["root", "root"]


def test_a_file_that_was_missing_is_put_there(folders: tuple[Path, Path, Path]) -> None:
    root, fresh, replaced = folders
    (root / "b.txt").unlink()
    replace_all(["b.txt"], root, fresh, replaced)
    assert contents(root) == ["root", "fresh"]


@pytest.mark.parametrize("step", range(4))
@pytest.mark.parametrize("moved", [False, True])
def test_an_interrupt_at_any_move_undoes_all_moves(
    step: int, moved: bool, folders: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, fresh, replaced = folders
    real, calls = Path.rename, iter(range(100))

    def rename(path: Path, target: Path) -> Path:
        if next(calls) != step:
            return real(path, target)
        if moved:
            real(path, target)
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(KeyboardInterrupt):
        replace_all(["code", "b.txt"], root, fresh, replaced)
    assert contents(root) == ["root", "root"]
    assert contents(fresh) == ["fresh", "fresh"]
