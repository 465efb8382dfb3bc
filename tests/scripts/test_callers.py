"""The callers of a revision, type-checked against the package of the working tree."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from diff import callers
from diff.blame import RAISED, blame
from diff.callers import CallersError, program_of, statement
from diff.changes import CallerLine, Change
from diff.markdown import markdown
from diff.report import Report
from schema.paths import PACKAGE

CODE = (
    "class Client:\n    def create(self, *, seed: int = 0, top_k: int = 0) -> str:\n        return str(seed + top_k)\n"
)
PAGE = """\
# A page

```python
from baseten_messages_client import Client
```

Text, then

```python
reply = Client().create(top_k=1)
unknown_name
```

```sh
not python
```
"""
AGENT = """\
from baseten_messages_client import Client

reply = Client().create(
    seed=1,
    top_k=2,
)
print(reply.upper())
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A git repository with a small package of the same name and two callers."""
    root = tmp_path / "repository"
    files = {
        f"{PACKAGE}/__init__.py": CODE,
        f"{PACKAGE}/py.typed": "",
        "examples/agent.py": AGENT,
        "tests/typing/right/good.py": "from baseten_messages_client import Client\nClient().create(seed=1)\n",
        "README.md": PAGE,
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.invalid", "-c", "commit.gpgsign=false"]
    for command in (["init", "-q"], ["add", "."], [*identity, "commit", "-q", "-m", "first"]):
        subprocess.run(["git", *command], cwd=root, check=True, capture_output=True)
    return root


@pytest.mark.timeout(120)
def test_what_no_longer_checks_is_found_with_file_and_line(repository: Path) -> None:
    package = repository / PACKAGE / "__init__.py"
    assert callers.check("HEAD", repository) == []
    package.write_text(CODE.replace(", top_k: int = 0", "").replace(" + top_k", ""), encoding="utf-8")
    # What the working tree's own callers say does not matter: those of the revision are asked.
    (repository / "examples" / "agent.py").write_text("", encoding="utf-8")
    found = callers.check("HEAD", repository)
    assert [(line.file, line.number) for line in found] == [("README.md", 10), ("examples/agent.py", 3)]
    assert all('Unexpected keyword argument "top_k"' in line.message for line in found)
    assert found[1].code == "reply = Client().create(\n    seed=1,\n    top_k=2,\n)\n"


@pytest.mark.timeout(120)
def test_a_package_that_mypy_cannot_read_is_a_failure(repository: Path) -> None:
    (repository / PACKAGE / "__init__.py").write_text("class (:", encoding="utf-8")
    with pytest.raises(CallersError, match="mypy failed"):
        callers.check("HEAD", repository)


def test_the_blocks_of_a_page_keep_their_lines() -> None:
    program = program_of(PAGE).splitlines()
    assert len(program) == len(PAGE.splitlines())
    assert [number for number, line in enumerate(program, 1) if line] == [4, 10, 11]


def test_a_statement_ends_where_its_brackets_close() -> None:
    assert statement("a\nf(\n  1,\n)\nb\n", 2) == "f(\n  1,\n)\n"


# ---- The cause -----------------------------------------------------------------------------------------------------

TOP_K = Change(
    *("MessagesRequest.top_k", "integer", "", True, "request"),
    effects=(
        Change("models.MessagesRequest.top_k", "field, int", "", True),
        Change('params.MessagesRequest["top_k"]', "optional, int", "", True),
    ),
)
MODEL = Change(
    *("MessagesResponse.model", "required", "optional", True, "response"),
    effects=(Change("models.MessagesResponse.model", "field, str", "field, str | None", True),),
)
CLASS = Change("models.OldBlock", "class()", "", True, rule="name-removed")
EFFORT = Change(
    *("MessagesRequest.effort", "", "string, required", True, "request", "", "field-added"),
    effects=(Change('params.MessagesRequest["effort"]', "", "required, str", True, rule="argument-required"),),
)
ROLE = Change(
    *("InputMessage.role", "'assistant'", "", True, "request", "", "values-removed"),
    effects=(Change('params.InputMessage["role"]', "required, Literal['a', 'b']", "required, Literal['a']", True),),
)
NO_OVERLOAD = 'No overload variant of "create" of "Messages" matches argument types "str", "list[dict[str, str]]"'
GAINS = Change("models.ContentBlock", "type, A", "type, A | B", False)


@pytest.mark.parametrize(
    ("line", "cause", "name"),
    [
        (
            CallerLine("a.py", 1, NO_OVERLOAD, 'c.create(model="m", messages=[{"role": "user"}])'),
            "MessagesRequest.effort",
            'params.MessagesRequest["effort"]',
        ),
        (
            CallerLine("a.py", 1, NO_OVERLOAD, 'c.create(effort="", messages=[{"role": "assistant"}])'),
            "InputMessage.role",
            'params.InputMessage["role"]',
        ),
        (
            CallerLine("a.py", 1, 'No overload variant of "create" matches', "c.create(effort='',\n  top_k=1,\n)"),
            "MessagesRequest.top_k",
            'params.MessagesRequest["top_k"]',
        ),
        (
            CallerLine("a.py", 1, 'Extra key "top_k" for TypedDict "MessagesRequest"', '{"top_k": 1}'),
            "MessagesRequest.top_k",
            'params.MessagesRequest["top_k"]',
        ),
        (
            CallerLine("a.py", 1, 'Item "None" of "str | None" has no attribute "upper"', "message.model.upper()"),
            "MessagesResponse.model",
            "models.MessagesResponse.model",
        ),
        (
            CallerLine(
                "a.py", 1, 'Module "baseten_messages_client.models" has no attribute "OldBlock"', "import models"
            ),
            "models.OldBlock",
            "models.OldBlock",
        ),
    ],
)
def test_a_line_is_joined_with_its_cause(line: CallerLine, cause: str, name: str) -> None:
    changes, others = blame([TOP_K, MODEL, CLASS, GAINS, EFFORT, ROLE], [line])
    assert others == []
    assert {change.place: [found.name for found in change.callers] for change in changes if change.callers} == {
        cause: [name]
    }


def test_a_line_without_a_known_cause_breaks_on_its_own() -> None:
    line = CallerLine("examples/a.py", 7, "Incompatible types", "x = y")
    changes, (other,) = blame([TOP_K], [line])
    assert changes == [TOP_K]
    assert (other.place, other.breaking, other.rule) == ("examples/a.py:7", True, "caller-fails")
    assert "no longer checks: `Incompatible types`" in markdown(Report("0.1.0", python=[other]))


def test_a_line_that_follows_from_an_error_before_it_has_the_same_cause() -> None:
    lines = [CallerLine("a.py", 2, "Is of type Any", "assert_type(x)"), CallerLine("a.py", 1, "Bad", "f(top_k=1)")]
    (change,), others = blame([TOP_K], lines)
    assert [line.number for line in change.callers] == [1, 2]
    assert others == []


def test_a_change_that_stops_a_line_from_checking_breaks_callers() -> None:
    line = CallerLine("a.py", 1, 'Argument 1 to "assert_never" has type "B"; "ContentBlock"', "assert_never(block)")
    (change,), _ = blame([GAINS], [line])
    assert (change.breaking, change.note) == (True, RAISED)


def test_the_report_shows_the_way_from_the_cause_to_the_line() -> None:
    changes, _ = blame([TOP_K], [CallerLine("examples/a.py", 7, "Bad", "create(top_k=1)")])
    assert "- 1: `MessagesRequest.top_k` → `models.MessagesRequest.top_k` → `examples/a.py:7: Bad`" in markdown(
        Report("0.1.0", schema=changes)
    )
