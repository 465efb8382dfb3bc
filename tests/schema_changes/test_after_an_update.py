"""The tests that know the schema pass after the project took over a later edition, and none of them undoes that."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from schema.paths import GENERATED, ROOT, SCHEMA, SURFACE

from .corpus import A_CITATION, BLOCKS_OUT, CITATION, REQUEST, RESPONSE, Also, edited
from .project import needs_node

# A new request field, a new response field, a new block and a new stop reason.
LATER_EDITION = edited(
    (f"{REQUEST}/seed", {"type": "integer"}),
    (f"{RESPONSE}/container", {"type": "string"}),
    CITATION,
    (BLOCKS_OUT, Also(A_CITATION)),
    (f"{RESPONSE}/stop_reason/enum", Also("pause_turn")),
)
UPDATED = (SCHEMA, SURFACE, f"{GENERATED}/")
# The modules whose tests read the project's schema or generated code, and one row of the corpus.
TESTS = """
    tests/scripts/test_api_diff.py tests/scripts/test_compare.py tests/scripts/test_normalize.py
    tests/scripts/test_schema_diff.py
    tests/scripts/test_surface.py tests/streaming/test_decode.py tests/testing/test_replies.py tests/test_message.py
    tests/test_messages.py tests/test_models.py tests/test_request_body.py tests/transport/test_prepare.py
    tests/scripts/test_generate.py::test_generating_again_changes_no_byte_and_removes_what_is_stale
    tests/scripts/test_generate.py::test_the_schema_is_valid_and_every_overlay_action_matches
    tests/scripts/test_update_schema.py::test_the_command_says_that_nothing_changed
    tests/scripts/test_update_schema.py::test_the_reports_in_the_documentation_are_real
    tests/schema_changes/test_corpus.py
""".split()  # noqa: SIM905 # As a list it would fill a screen.
ROWS = "not (test_a_change_is_taken_over or test_an_edit_that_means) or (version and test_a_change)"


@needs_node
@pytest.mark.timeout(300)
def test_after_an_update_the_tests_pass_and_undo_nothing(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    _copy_project(copy)
    before = _digests(copy)
    source = tmp_path / "later.json"
    source.write_text(json.dumps(LATER_EDITION), encoding="utf-8")
    _run(copy, "scripts/update_schema.py", "--schema", str(source))
    updated = _digests(copy)
    changed = {name for name in before.keys() | updated.keys() if before.get(name) != updated.get(name)}
    assert {SCHEMA, SURFACE} <= changed
    assert [name for name in changed if not name.startswith(UPDATED)] == []
    _run(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", ROWS, *TESTS)
    assert _digests(copy) == updated


def _copy_project(folder: Path) -> None:
    """Copy the files that git knows, or all files of an unpacked archive, without what the targets install."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True
    )
    names = listed.stdout.split("\n") if listed.returncode == 0 else [str(p.relative_to(ROOT)) for p in ROOT.rglob("*")]
    for name in names:
        if name and (ROOT / name).is_file() and not name.startswith((".venv", "scripts/node/node_modules")):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    (folder / "scripts/node/node_modules").symlink_to(ROOT / "scripts/node/node_modules")


def _digests(folder: Path) -> dict[str, str]:
    """Return a digest of each file, without the caches of the tools."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    caches = (".hypothesis/", ".mypy_cache/", ".pytest_cache/")
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in files.items()
        if "__pycache__" not in path.parts and not name.startswith(caches)
    }


def _run(folder: Path, *arguments: str) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("COV_", "PYTEST_"))}
    environment |= {"PYTHONPATH": "", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(f"{' '.join(arguments)}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}")
