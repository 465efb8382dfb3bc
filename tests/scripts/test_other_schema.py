"""The pipeline makes models from another schema of the service, with no other input than its overlay."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from schema import build, fetch, guard
from schema.canonical import without_extensions
from schema.errors import GenerateError
from schema.normalize import dump, normalize
from schema.paths import CONFIG, OVERLAY, PINS, ROOT, SCHEMA

from ..schema_changes.baseline import FOLDER

CHAT = FOLDER.parent / "chat_completions"
PROGRAM = """
from chat_client.models import AssistantMessage, ChatCompletion, ChatCompletionParams, UnknownMessage, UserMessage
from chat_client.params import ChatCompletionParams as Fields

def ask(fields: Fields) -> Fields:
    return fields

ask({"model": "m", "messages": [{"role": "user", "content": "Hi"}, UserMessage("user", "Hi")], "stop": ["x"]})
sent = ChatCompletionParams("m", [UserMessage("user", "Hi"), UnknownMessage("developer")]).to_dict()
assert sent == {"model": "m", "messages": [{"role": "user", "content": "Hi"}, {"role": "developer"}]}, sent
answer = {"id": "c", "object": "chat.completion", "created": 1, "model": "m", "later": 1, "usage": None, "choices": [
    {"index": 0, "finish_reason": None, "logprobs": {}, "message": {"role": "assistant", "content": None, "more": 1}}
]}
completion = ChatCompletion.from_dict(answer)
assert completion.to_dict() == answer
message: AssistantMessage = completion.choices[0].message
text: str | None = message.content
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package with the generated code, made by the steps of an update."""
    root = tmp_path_factory.mktemp("chat")
    (root / PINS).parent.mkdir()
    for name in (CONFIG, PINS):
        shutil.copy(ROOT / name, root / name)
    shutil.copy(CHAT / OVERLAY, root)
    published = without_extensions(fetch.fetch(str(CHAT / "published.json")))
    guard.check(published, build.load_yaml(root / OVERLAY))
    (root / SCHEMA).write_text(dump(normalize(published, {})[0]), encoding="utf-8")
    assert build.build(root / "chat_client", root) == []
    (root / "program.py").write_text(PROGRAM, encoding="utf-8")
    return root


def test_the_form_of_the_schema_is_a_fixed_point(package: Path) -> None:
    text = (package / SCHEMA).read_text(encoding="utf-8")
    document = yaml.safe_load(text)
    assert dump(normalize(document, document)[0]) == text
    published = fetch.fetch(str(CHAT / "published.json"))
    assert dump(normalize(published, document)[0]) == text


def test_the_models_of_another_schema_import_check_and_work(package: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(package), "MYPYPATH": str(package)}
    cache = f"--cache-dir={package / 'cache'}"
    for command in (
        ["program.py"],
        ["-m", "mypy", "--strict", "--config-file=", cache, "-p", "chat_client"],
        ["-m", "mypy", "--strict", "--config-file=", cache, "program.py"],
    ):
        done = subprocess.run(
            [sys.executable, *command], cwd=package, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_guarantees_of_another_schema_are_checked_too(package: Path, tmp_path: Path) -> None:
    for name in (CONFIG, PINS, SCHEMA):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(package / name, tmp_path / name)
    overlay = yaml.safe_load((package / OVERLAY).read_text(encoding="utf-8"))
    del overlay["actions"][2]
    (tmp_path / OVERLAY).write_text(yaml.safe_dump(overlay), encoding="utf-8")
    with pytest.raises(GenerateError, match="ChatMessage must be a union that ends with UnknownMessage"):
        build.build(tmp_path / "chat_client", tmp_path)
