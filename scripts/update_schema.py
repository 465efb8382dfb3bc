"""Take over the schema that the vendor publishes: rewrite `openapi.yaml` and everything made from it, and report.

    python scripts/update_schema.py                  from the vendor's address, `x-published` in the overlay
    python scripts/update_schema.py --schema FILE    from a file, or from another address
    python scripts/update_schema.py --traceback      show where in the code an unexpected error comes from

Everything is made and tried in a separate folder and put in place in the last step, so a failure before that leaves the
project as it was. Tried means: its types are checked, and it has a conversation with a local server.
"""

from __future__ import annotations

import argparse
import contextlib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from diff import callers, compare, edition
from schema import build, fetch, guard, normalize
from schema.canonical import without_extensions
from schema.errors import GenerateError, OverlayError, SchemaError, shortened
from schema.naming import renamed_schemas
from schema.paths import GENERATED, OVERLAY, PACKAGE, ROOT, SCHEMA, SURFACE
from schema.replace import replace_all
from schema.trial import Trial

# Of an error. The line that says that nothing was changed is the fifth.
MOST_LINES = 4
EXPECTED = (SchemaError, GenerateError, OverlayError, edition.DiffError, ImportError, OSError, RecursionError)


def update(source: str, root: Path = ROOT) -> str:
    """Take over the schema at `source`, or at the vendor's address if that is an empty text.

    Returns:
        The report, or an empty text when nothing changed.
    """
    with _step("reading the schema"):
        overlay = build.load_yaml(root / OVERLAY)
        source = source or overlay.get("x-published") or ""
        if not source:
            raise SchemaError(
                f"there is no address: set `x-published` in {OVERLAY}, or give a file or an address as SCHEMA="
            )
        published = without_extensions(fetch.fetch(source))
        guard.check(published, overlay)
        # The vendor's own document is checked first, so that its faults do not look like ours.
        build.check_openapi(normalize.upgraded(published), source)
    with _step("bringing the schema into the form of openapi.yaml"):
        old = edition.present(root)
        document, _ = normalize.normalize(published, old.schema, renamed_schemas(overlay))
        text = normalize.dump(document)
    if text == (root / SCHEMA).read_text(encoding="utf-8"):
        return ""
    # Inside the project, so that the last step is a few renames within one file system.
    with tempfile.TemporaryDirectory(prefix=".generate-", dir=root) as folder:
        fresh = Path(folder) / "fresh"
        shutil.copytree(root / PACKAGE, fresh / PACKAGE, ignore=shutil.ignore_patterns("_generated", "__pycache__"))
        shutil.copy(root / OVERLAY, fresh)
        (fresh / SCHEMA).write_text(text, encoding="utf-8")
        with _step("generating the code"):
            build.build(fresh / GENERATED, root, fresh / SCHEMA, old.schema)
        with _step("comparing and trying the package"), contextlib.closing(Trial(fresh)) as trial:
            new = edition.present(fresh)
            (fresh / SURFACE).write_text(new.surface, encoding="utf-8")
            report = compare.compare(old, new, check_callers=lambda: callers.check_present(root, fresh))
            failures = trial.failures()
        if failures and report.verdict != "breaking":
            raise GenerateError(f"the client does not work with this edition: {'; '.join(failures)}")
        # A breaking edition is taken over anyway: to change the code, the tree has to hold the new types.
        report.client_failures = failures
        with _step("putting the files in place"):
            replace_all([SCHEMA, SURFACE, GENERATED], root, fresh, Path(folder) / "replaced")
    return report.markdown()


@contextlib.contextmanager
def _step(name: str) -> Iterator[None]:
    """Note in an error that nobody expected during which step it came up."""
    try:
        yield
    except EXPECTED:
        raise
    except Exception as error:
        error.add_note(name)
        raise


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--schema", default="", help="an http(s) address or a file, JSON or YAML")
    parser.add_argument("--traceback", action="store_true", help="show the traceback of an unexpected error")
    options = parser.parse_args(arguments)
    try:
        report = update(options.schema, root)
    except EXPECTED as error:
        lines = str(error).partition("\nTraceback ")[0].splitlines() or [type(error).__name__]
        said = "\n".join(shortened(line, 600) if len(line) > 600 else line for line in lines[:MOST_LINES])
        print(f"error: {said}\nnothing was changed", file=sys.stderr)
        return 2
    except Exception as error:  # A fault of these scripts.
        if options.traceback:
            raise
        step = " ".join(getattr(error, "__notes__", ()))
        print(
            f"error: {step or 'the update'} failed unexpectedly with {type(error).__name__}: {shortened(error)}\n"
            "this is a fault of the update, not of the schema: add TRACEBACK=1 to see where it is\nnothing was changed",
            file=sys.stderr,
        )
        return 2
    with contextlib.suppress(BrokenPipeError):
        print(report or "openapi.yaml is up to date: the published schema says the same.", end="" if report else "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
