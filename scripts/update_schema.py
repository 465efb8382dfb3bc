"""Take over the schema that the vendor publishes: rewrite `openapi.yaml` and all that is made from it, and report.

    python scripts/update_schema.py                  from the vendor's address
    python scripts/update_schema.py --schema FILE    from a file, or from another address

Everything is made and tried in a folder of its own and put in place in the last step: whatever fails before leaves the
project as it was.
"""

from __future__ import annotations

import argparse
import contextlib
import shutil
import sys
import tempfile
from pathlib import Path

import api_diff
import generate
from fetch import SchemaError, fetch
from generate import GenerateError
from guard import check
from normalise import dump, normalise, upgraded
from surface import PACKAGE

PUBLISHED = "https://docs.baseten.co/reference/inference-api/messages-openapi-spec.json"
ROOT = Path(__file__).resolve().parent.parent


def update(source: str, root: Path = ROOT) -> str:
    """Take over the schema at `source`; return the report, or an empty text when nothing changed."""
    published = fetch(source)
    check(published)
    # The vendor's own document first: what is wrong in it should not look like a fault of ours.
    generate.check_openapi(upgraded(published), source)
    old = api_diff.present(root)
    document, _ = normalise(published, old.schema)
    text = dump(document)
    schema = root / api_diff.FILES["schema"]
    if text == schema.read_text(encoding="utf-8"):
        return ""
    # Inside the project, so that the last step is a few renames within one file system.
    with tempfile.TemporaryDirectory(prefix=".generate-", dir=root) as folder:
        fresh = Path(folder) / "fresh"
        _build(root, fresh, text)
        new = api_diff.present(fresh)
        (fresh / api_diff.FILES["surface"]).write_text(new.surface, encoding="utf-8")
        report = api_diff.compare(old, new).markdown()
        names = (api_diff.FILES["schema"], api_diff.FILES["surface"], f"{PACKAGE}/_generated")
        _put_in_place(root, fresh, Path(folder) / "replaced", names)
    return report


def _build(root: Path, fresh: Path, text: str) -> None:
    """Lay out a copy of the project in `fresh`, and generate into it from the text of a schema."""
    unwanted = shutil.ignore_patterns("_generated", "__pycache__")
    shutil.copytree(root / PACKAGE, fresh / PACKAGE, ignore=unwanted)
    shutil.copy(root / api_diff.FILES["overlay"], fresh)
    schema = fresh / api_diff.FILES["schema"]
    schema.write_text(text, encoding="utf-8")
    generate.build(fresh / PACKAGE / "_generated", schema)


def _put_in_place(root: Path, fresh: Path, replaced: Path, names: tuple[str, ...]) -> None:
    """Exchange files and folders of the project for the fresh ones: all of them, or none."""
    done: list[str] = []
    try:
        for name in names:
            done.append(name)
            (replaced / name).parent.mkdir(parents=True, exist_ok=True)
            if (root / name).exists():
                (root / name).rename(replaced / name)
            (fresh / name).rename(root / name)
    except BaseException:
        for name in done:
            if not (fresh / name).exists():  # It is in place already.
                (root / name).rename(fresh / name)
            if (replaced / name).exists():
                (replaced / name).rename(root / name)
        raise


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--schema", default=PUBLISHED, help="an http(s) address or a file, JSON or YAML")
    options = parser.parse_args(arguments)
    try:
        report = update(options.schema or PUBLISHED)
    except (SchemaError, GenerateError, api_diff.DiffError, ImportError, OSError, RecursionError) as error:
        print(f"error: {error}\nnothing was changed", file=sys.stderr)
        return 2
    with contextlib.suppress(BrokenPipeError):
        print(report or "openapi.yaml is up to date: the published schema says the same.", end="" if report else "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
