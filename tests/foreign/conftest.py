"""The packages of other people, used with this one. `make test-foreign` installs them and runs these tests."""

from __future__ import annotations

from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("anthropic") else ["test_*.py"]
