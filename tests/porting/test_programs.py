"""Every program runs with the SDK and, after the mechanical change, with this package, and prints the same."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from .port import port
from .reasons import REASONS, RUNNING
from .run import NAMES, PROGRAMS, run_original, run_ported

# As in a program that runs alone: a client that nobody closes and a deprecated name are not errors.
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")

PORTED = [
    pytest.param(name, marks=pytest.mark.xfail(reason=REASONS[name])) if name in REASONS else name for name in NAMES
]


@pytest.mark.parametrize("name", PORTED)
def test_a_ported_program_prints_what_the_original_prints(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run_ported(name, monkeypatch, tmp_path)


@pytest.mark.skipif(find_spec("anthropic") is None, reason="the SDK is not installed; `make test-foreign` has it")
@pytest.mark.parametrize("name", NAMES)
def test_the_original_program_runs(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    run_original(name, monkeypatch, tmp_path)


def test_the_number_of_programs_that_run_only_grows() -> None:
    assert set(NAMES) >= REASONS.keys()
    assert len(NAMES) - len(REASONS) == RUNNING, "more programs run: raise RUNNING"


def test_every_program_has_a_script() -> None:
    assert sorted(path.stem for path in PROGRAMS.glob("*.yaml")) == NAMES


@pytest.mark.parametrize(
    ("original", "ported"),
    [
        ("import anthropic\n", "import baseten_messages_client as anthropic\n"),
        ("from anthropic.types import Message\n", "from baseten_messages_client.types import Message\n"),
        ("from anthropic import Anthropic\n", "from baseten_messages_client import Baseten as Anthropic\n"),
        (
            "from anthropic import (\n  Anthropic,\n  AsyncAnthropic,\n)\n",
            "from baseten_messages_client import (\n  Baseten as Anthropic,\n  AsyncBaseten as AsyncAnthropic,\n)\n",
        ),
        ("client = anthropic.Anthropic()\n", "client = anthropic.Baseten()\n"),
        ("except anthropic.AnthropicError:\n", "except anthropic.BasetenError:\n"),
        ('model="claude-opus-5-5"', 'model="deepseek-ai/DeepSeek-V4-Pro"'),
        ('os.environ["ANTHROPIC_API_KEY"]', 'os.environ["BASETEN_API_KEY"]'),
        ("import httpx2\n", "import httpx2\n"),
        ("print(anthropic.RateLimitError)\n", "print(anthropic.RateLimitError)\n"),
    ],
)
def test_a_port_changes_only_imports_constructors_and_the_model(original: str, ported: str) -> None:
    assert port(original) == ported
