"""The code of docs/recipes.md, run as it is. Only the address and the key come from the environment."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from baseten_messages_client.testing import LocalServer
from node import programs

from ..support import KEY
from .node_client import FOLDER

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "recipes.md").read_text(encoding="utf-8")
BLOCKS = {
    f"{section.partition(chr(10))[0]} {number}": block
    for section in PAGE.split("\n## ")[1:]
    for number, block in enumerate(re.findall(r"```(python|js)\n(.*?)```", section, re.DOTALL), start=1)
}
HELLO = 'Thank you for your message: "Hello!".'
WEATHER = 'get_weather returned "18 degrees in Paris".'

# For each block: what it prints, and how many requests it makes.
EXPECTED = {
    "instructor 1": ("Ada 36", 1),
    "LiteLLM 1": (HELLO, 1),
    "LiteLLM 2": (HELLO, 1),
    "LangChain 1": (HELLO, 1),
    "pydantic-ai 1": (WEATHER, 2),
    "The official SDK for Python 1": (WEATHER, 3),
    "The official SDK for TypeScript 1": (HELLO, 1),
    "The AI SDK 1": (WEATHER, 2),
}
NEEDS_NODE = pytest.mark.skipif(
    not (FOLDER / "node_modules").is_dir(), reason="make test-foreign installs the packages"
)


def run_block(language: str, code: str, server: LocalServer) -> str:
    """Run a block of the page in a process, and return what it prints."""
    environment = {
        **os.environ,
        "BASETEN_API_KEY": KEY,
        "BASETEN_BASE_URL": server.url,
        "LITELLM_LOCAL_MODEL_COST_MAP": "True",  # Otherwise LiteLLM fetches its prices from the internet.
    }
    if language == "python":
        command, folder = [sys.executable, "-c", code], ROOT
    else:
        command, folder = [str(programs.node()), "--input-type=module", "--eval", code], FOLDER
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=50, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_block_has_an_expectation() -> None:
    assert BLOCKS.keys() == EXPECTED.keys()


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=NEEDS_NODE if BLOCKS[name][0] == "js" else ()) for name in EXPECTED]
)
def test_a_recipe_runs(name: str, server: LocalServer) -> None:
    printed, count = EXPECTED[name]
    if name.startswith("instructor"):
        server.enqueue({"content": [{"type": "tool_use", "name": "Person", "input": {"name": "Ada", "age": 36}}]})
    assert printed in run_block(*BLOCKS[name], server)
    assert len(server.requests) == count
    for request in server.requests:
        assert request.path == "/v1/messages"
        assert request.headers["authorization"] == f"Bearer {KEY}"
        assert "x-api-key" not in request.headers


def test_litellm_without_the_fix_sends_the_header_that_the_service_ignores(server: LocalServer) -> None:
    language, code = BLOCKS["LiteLLM 1"]
    changes = [("    client=handler,\n", ""), ('api_key="unused"', 'api_key=os.environ["BASETEN_API_KEY"]')]
    for old, new in changes:
        assert code.count(old) == 1
        code = code.replace(old, new)
    server.enqueue("Hi.", check=False)
    assert "Hi." in run_block(language, code, server)
    (request,) = server.requests
    assert request.headers["x-api-key"] == KEY
    assert "authorization" not in request.headers
