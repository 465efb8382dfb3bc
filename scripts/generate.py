"""Write `baseten_messages_client/_generated/` from `openapi.yaml` and `openapi-overlay.yaml`.

    python scripts/generate.py           rewrite the whole folder
    python scripts/generate.py --check   write nothing; name the files that are stale and exit with 1

The new folder is built elsewhere and replaces the old one in the last step, so a failure leaves the old one as it was.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from schema.build import build, differences
from schema.errors import GenerateError
from schema.paths import GENERATED, ROOT, SCHEMA
from schema.replace import replace_all


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="name the stale files instead of writing")
    options = parser.parse_args(arguments)
    # Inside the project, so that the last step is a rename within one file system.
    with tempfile.TemporaryDirectory(prefix=".generate-", dir=root) as folder:
        fresh, replaced = Path(folder) / "fresh", Path(folder) / "replaced"
        try:
            (fresh / GENERATED).parent.mkdir(parents=True)
            warnings = build(fresh / GENERATED, root)
        except GenerateError as error:
            print(f"error: {error}", file=sys.stderr)
            return 2
        for warning in warnings:
            print(f"warning: {warning}", file=sys.stderr)
        if options.check:
            stale = differences(fresh / GENERATED, root / GENERATED)
            for line in stale:
                print(f"stale: {GENERATED}/{line}", file=sys.stderr)
            if stale:
                print("run `make generate` and commit what it writes", file=sys.stderr)
            return int(bool(stale))
        replace_all([GENERATED], root, fresh, replaced)
    print(f"generated {len(list((root / GENERATED).rglob('*.py')))} modules from {SCHEMA} into {GENERATED}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
