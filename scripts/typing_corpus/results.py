"""What the gating checkers report about the corpus. Results are kept until something that they depend on changes."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock

from schema.paths import ROOT

from .checkers import GATING, run, verify_types_command
from .environment import CACHE, digest, prepare_environment
from .programs import FOLDER, Finding


@dataclass(frozen=True)
class Results:
    """The results of one state of the project.

    Attributes:
        environment: The environment with the package.
        findings: The errors that each checker reports.
        verified: What `pyright --verifytypes` prints.
    """

    environment: Path
    findings: dict[str, list[Finding]]
    verified: dict[str, Any]


def check_corpus() -> Results:
    """Return the results, and run the checkers first if there are no results yet.

    Processes that ask at the same time wait for the first one, which runs the checkers.
    """
    with lock_environment() as environment:
        kept = environment / f"results-{digest(_inputs())}.json"
        if not kept.exists():
            kept.write_text(json.dumps(_run_checkers(environment)), encoding="utf-8")
        results = json.loads(kept.read_text(encoding="utf-8"))
    findings = {name: [Finding(**found) for found in all_found] for name, all_found in results["findings"].items()}
    return Results(environment, findings, results["verified"])


@contextmanager
def lock_environment() -> Iterator[Path]:
    """Yield the environment with the package, and keep other processes from using it until the end."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with FileLock(CACHE / "lock"):
        yield prepare_environment()


def _inputs() -> list[Path]:
    """Return the files that decide what the checkers report about a given environment."""
    return [
        *sorted(FOLDER.glob("*/*.py")),
        FOLDER / "pyrightconfig.json",
        *sorted((ROOT / "scripts" / "typing_corpus").glob("*.py")),
    ]


def _run_checkers(environment: Path) -> dict[str, Any]:
    tools = Path(sys.prefix)
    with ThreadPoolExecutor() as threads:
        verified = threads.submit(run, verify_types_command(), environment)
        outputs = threads.map(lambda checker: run(checker.command(environment, tools), environment), GATING)
        findings = {
            checker.name: [asdict(found) for found in checker.read(output)]
            for checker, output in zip(GATING, outputs, strict=True)
        }
        return {"findings": findings, "verified": json.loads(verified.result())}
