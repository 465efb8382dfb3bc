"""The package as a whole: its public names, its twin clients, what it imports and what it ships."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any, get_origin

import pytest

import baseten_messages_client as package
from baseten_messages_client import (
    AsyncBaseten,
    AsyncMessageStream,
    AsyncToolRunner,
    Baseten,
    MessageStream,
    ToolRunner,
)
from baseten_messages_client._async_messages import AsyncMessages
from baseten_messages_client.messages import Messages
from baseten_messages_client.models import Unset

ROOT = Path(__file__).parent.parent


def modules() -> list[str]:
    found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    return [module.name for module in found if "_generated" not in module.name]


def test_every_public_name_is_there_and_has_a_docstring() -> None:
    assert len(set(package.__all__)) == len(package.__all__)
    assert set(package.errors.__all__) <= set(package.__all__)
    for name in package.__all__:
        assert getattr(package, name) is not None
        # Neither a type alias nor a number can hold a docstring, and the class of UNSET is generated.
        value = getattr(package, name)
        assert isinstance(value, (str, int, Unset)) or value is Unset or get_origin(value) or inspect.getdoc(value)
    assert set(dir(package)) == set(package.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Anthropic'"):
        _ = package.Anthropic  # type: ignore[attr-defined]


def test_the_public_modules_are_these() -> None:
    public = {name.split(".")[1] for name in modules() if not name.split(".")[1].startswith("_")}
    assert public == {
        "aiohttp",
        "auth",
        "client",
        "compat",
        "errors",
        "messages",
        "models",
        "params",
        "sse",
        "streaming",
        "testing",
        "tool_runner",
        "tools",
        "types",
    }


def public_methods(thing: type) -> dict[str, Any]:
    return {name: value for name, value in vars(thing).items() if not name.startswith("_")}


@pytest.mark.parametrize(
    ("sync", "asynchronous"),
    [
        (Baseten, AsyncBaseten),
        (Messages, AsyncMessages),
        (MessageStream, AsyncMessageStream),
        (ToolRunner, AsyncToolRunner),
    ],
)
def test_both_clients_have_the_same_surface(sync: type, asynchronous: type) -> None:
    ours = {{"close": "aclose"}.get(name, name) if sync is Baseten else name for name in public_methods(sync)}
    assert ours == set(public_methods(asynchronous))
    for name, method in public_methods(sync).items():
        other = getattr(asynchronous, name, None)
        if inspect.isfunction(method) and inspect.isfunction(other):
            parameters = [(p.name, p.kind, p.default) for p in inspect.signature(method).parameters.values()]
            assert parameters == [(p.name, p.kind, p.default) for p in inspect.signature(other).parameters.values()]
    arguments = list(inspect.signature(sync).parameters)
    assert arguments == list(inspect.signature(asynchronous).parameters)


@pytest.mark.parametrize("name", modules())
def test_the_examples_in_docstrings_run(name: str) -> None:
    results = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert results.failed == 0


def test_importing_the_package_loads_neither_the_models_nor_pydantic() -> None:
    code = "import sys, baseten_messages_client; print(' '.join(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    names = {name.split(".")[0] for name in loaded}
    assert "httpx" in names
    assert not names & {"pydantic", "jsonschema", "stamina", "tenacity", "docstring_parser"}
    assert "baseten_messages_client._generated.models" not in loaded


def test_rooms_have_one_underscore_and_their_files_none() -> None:
    rooms = [Path(path.parent) for path in (ROOT / "baseten_messages_client").glob("_*/__init__.py")]
    assert {room.name for room in rooms} == {"_generated", "_streaming", "_tools", "_transport", "_wire"}
    files = [path.name for room in rooms if room.name != "_generated" for path in room.rglob("*.py")]
    assert not [name for name in files if name.startswith("_") and name != "__init__.py"]


def test_importing_a_decorator_does_not_import_the_runner() -> None:
    code = "import sys; from baseten_messages_client import tool; print(' '.join(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "baseten_messages_client._tools.decorator" in loaded
    assert not {name for name in loaded if name.endswith(("_tools.runner", "_streaming.streams", "_tools.calls"))}


def test_the_wheel_holds_the_generated_code_and_says_it_is_typed(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for name in ("py.typed", "_generated/schema.json", "_generated/generated.json", "_generated/models/text_block.py"):
        assert f"baseten_messages_client/{name}" in names
    assert not [name for name in names if "__pycache__" in name or name.startswith("tests")]


def test_the_readme_examples_run(monkeypatch: pytest.MonkeyPatch) -> None:
    from baseten_messages_client.testing import LocalServer

    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert blocks
    with LocalServer() as server:
        monkeypatch.setenv("BASETEN_API_KEY", "any")
        monkeypatch.setenv("BASETEN_BASE_URL", server.url)
        names: dict[str, Any] = {}
        for block in blocks:
            exec(compile(block, "README.md", "exec"), names)
        if "client" in names:
            names["client"].close()
