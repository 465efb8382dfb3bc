"""The packages of other people, used with this one. `make test-foreign` installs them and runs these tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from baseten_messages_client.testing import LocalServer

from ..support import KEY

collect_ignore_glob = [] if find_spec("anthropic") else ["test_*.py"]

# LiteLLM would fetch its list of prices from the internet while it is imported.
os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")
if not (Path(__file__).parent / "node" / "node_modules").is_dir():
    collect_ignore_glob += ["test_typescript_sdk.py", "test_ai_sdk.py"]


@pytest.fixture(autouse=True)
def _no_other_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide the keys and addresses that other clients read."""
    for name in ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_BASE_URL", "ANTHROPIC_PROFILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def server() -> Iterator[LocalServer]:
    """Run a server that treats other clients as a real one does."""
    with LocalServer(api_key=KEY, strict=False) as server:
        yield server
