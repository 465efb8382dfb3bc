"""Compare the time of `import baseten_messages_client` with `import httpx, attrs`, each in new processes.

.venv/bin/python benchmarks/import_time.py
"""

from __future__ import annotations

import statistics
import subprocess
import sys

RUNS = 10
PROBE = "import time; t = time.perf_counter(); {}; print(time.perf_counter() - t)"
STATEMENTS = {
    "import httpx, attrs": "import httpx, attrs",
    "import baseten_messages_client": "import baseten_messages_client",
    "the same, and what the first call needs": "import baseten_messages_client.messages",
}


def seconds(statement: str) -> float:
    done = subprocess.run([sys.executable, "-c", PROBE.format(statement)], capture_output=True, text=True, check=True)
    return float(done.stdout)


def main() -> None:
    times: dict[str, list[float]] = {name: [] for name in STATEMENTS}
    for _ in range(RUNS):  # Alternate, so that a busy moment of the machine affects all statements.
        for name, statement in STATEMENTS.items():
            times[name].append(seconds(statement))
    baseline = statistics.median(times["import httpx, attrs"])
    print(f"Python {sys.version.split()[0]}, median of {RUNS} fresh processes")
    for name, values in times.items():
        median = statistics.median(values)
        print(f"  {name:42} {median * 1e3:7.1f} ms  {median / baseline:5.2f} times")


if __name__ == "__main__":
    main()
