"""`make api-diff`: the verdict, the tables, and what happens when a part cannot be compared."""

from __future__ import annotations

import copy
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

import api_diff
import node_tools
import redocly
import schema_diff
import surface_diff
from changes import Change, next_version, verdict
from normalise import normalise
from overlay import apply_overlay
from python_types import covers
from report import Report

from .schema_changes.corpus import PUBLISHED, REQUEST, Also, edited, reworded
from .schema_changes.project import ROOT

needs_node = pytest.mark.skipif(not redocly.CLI.is_file(), reason="the Node tools are not installed (`make setup`)")
OPENAPI: dict[str, Any] = yaml.safe_load((ROOT / "openapi.yaml").read_text(encoding="utf-8"))
SERVED: dict[str, Any] = json.loads((ROOT / api_diff.FILES["served"]).read_text(encoding="utf-8"))
SURFACE = """\
Client.send(): function, str
Client.send(text): any, str
Client.send(retries): keyword, int = 2
models.Answer is received
models.Answer.text: field, str
models.Answer.parts: field, list[TextPart | UnknownPart]
models.Answer.reason: field, Reason | None | str
models.Answer: class()
models.Kind is sent
models.Kind: type, Literal['a', 'b']
models.Reason is received
models.Reason: type, Literal['end', 'limit']
models.Shared is sent and received
models.Shared.value: field, int | Unset = UNSET
models.Shared: class()
models.Question is sent
models.Question.kind: field, Kind
models.Question: class()
params.Question: TypedDict
params.Question["text"]: required, str
params.Question["limit"]: optional, int
"""

# ---- The verdict ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "outcome", "expected"),
    [
        ("0.1.0", "none", "0.1.0"),
        ("0.1.0", "compatible", "0.1.1"),
        ("0.1.4", "breaking", "0.2.0"),
        ("1.2.3", "compatible", "1.3.0"),
        ("1.2.3", "breaking", "2.0.0"),
        ("1.2.3", "none", "1.2.3"),
        ("unknown", "breaking", "unknown"),
    ],
)
def test_the_verdict_decides_the_next_version(version: str, outcome: Any, expected: str) -> None:
    assert next_version(version, outcome) == expected


def test_the_verdict_is_the_worst_of_all_changes() -> None:
    harmless, harmful = (Change("a", "changed", "1", "2", breaking) for breaking in (False, True))
    assert verdict([]) == "none"
    assert verdict([harmless]) == "compatible"
    assert verdict([harmless, harmful]) == "breaking"


# ---- Python --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wide", "narrow", "expected"),
    [
        ("int", "int", True),
        ("int | str", "int", True),
        ("int", "int | str", False),
        ("str | int", "int | str", True),
        ("float", "int", True),
        ("int", "float", False),
        ("Any", "list[int]", True),
        ("str", "Any", False),
        ("str", "Literal['a', 'b']", True),
        ("Literal['a', 'b', 'c']", "Literal['a', 'b']", True),
        ("Literal['a']", "Literal['a', 'b']", False),
        ("Literal['a']", "str", False),
        ("list[int | str]", "list[int]", True),
        ("list[int]", "list[int | str]", False),
        ("Sequence[int]", "list[int]", True),
        ("Mapping[str, int | None]", "dict[str, int]", True),
        ("dict[str, int]", "dict[str, int, int]", False),
        ("int | Unset", "int", True),
        ("models.A | UnknownB", "models.C", False),
        ("not a type (", "int", False),
    ],
)
def test_a_type_covers_another(wide: str, narrow: str, expected: bool) -> None:
    assert covers(wide, narrow) is expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("list[TextPart | UnknownPart]", "list[TextPart | NewPart | UnknownPart]", True),
        ("list[TextPart | UnknownPart]", "list[TextPart | UnknownPart | None]", False),
        ("list[TextPart | UnknownPart]", "list[TextPart | UnknownPart] | None", False),
        ("TextPart | UnknownPart", "TextPart | UnknownPart | Unset", False),
        ("list[TextPart]", "list[TextPart | NewPart]", False),
    ],
)
def test_a_union_that_ends_with_an_unknown_member_expects_new_ones(old: str, new: str, expected: bool) -> None:
    assert covers(old, new, open_unions=True) is expected


# fmt: off
JUDGED = [
    # What callers pass in may widen.
    ("Client.send(text): any, str", "Client.send(text): any, str | bytes", False),
    ("Client.send(text): any, str", "Client.send(text): any, bytes", True),
    ("Client.send(text): any, str", "Client.send(text): any, str = ''", False),
    ("Client.send(text): any, str", "Client.send(text): keyword, str", True),
    ("Client.send(retries): keyword, int = 2", "Client.send(retries): any, int = 2", False),
    ("Client.send(retries): keyword, int = 2", "Client.send(retries): keyword, int = 3", False),
    ("Client.send(retries): keyword, int = 2", "Client.send(retries): keyword, int", True),
    ("Client.send(retries): keyword, int = 2", "", True),
    ("", "Client.send(pause): keyword, int = 2", False),
    ("", "Client.send(pause): keyword, int", True),
    ("", "Client.send(**options): any, Any", False),
    ("", "Client.receive(pause): keyword, int\nClient.receive(): function, str", False),
    ('params.Question["text"]: required, str', 'params.Question["text"]: optional, str', False),
    ('params.Question["text"]: required, str', 'params.Question["text"]: required, str | None', False),
    ('params.Question["limit"]: optional, int', 'params.Question["limit"]: required, int', True),
    ('params.Question["limit"]: optional, int', 'params.Question["limit"]: optional, str', True),
    ('params.Question["limit"]: optional, int', "", True),
    ("", 'params.Question["more"]: optional, str', False),
    ("", 'params.Question["more"]: required, str', True),
    ("", 'params.New: TypedDict\nparams.New["more"]: required, str', False),
    ("models.Kind: type, Literal['a', 'b']", "models.Kind: type, Literal['a']", True),
    ("", "models.Question.more: field, str", True),
    ("", "models.Question.more: field, str | Unset = UNSET", False),
    # What callers get may narrow.
    ("Client.send(): function, str", "Client.send(): function, str | None", True),
    ("Client.send(): function, str", "Client.send(): async function, str", True),
    ("Client.send(): function, str", "", True),
    ("models.Answer.text: field, str", "models.Answer.text: field, str | None", True),
    ("models.Answer.text: field, str", "models.Answer.text: field, Literal['x']", False),
    ("", "models.Answer.more: field, str", False),
    ("models.Answer.parts: field, list[TextPart | UnknownPart]",
     "models.Answer.parts: field, list[TextPart | NewPart | UnknownPart]", False),
    ("models.Reason: type, Literal['end', 'limit']", "models.Reason: type, Literal['end', 'limit', 'pause']", False),
    ("models.Reason: type, Literal['end', 'limit']", "models.Reason: type, Literal['end']", False),
    # What goes both ways may change in neither.
    ("models.Shared.value: field, int | Unset = UNSET", "models.Shared.value: field, int | str | Unset = UNSET", True),
    ("models.Shared.value: field, int | Unset = UNSET", "models.Shared.value: field, int", True),
]
# fmt: on


@pytest.mark.parametrize(("old", "new", "breaking"), JUDGED)
def test_a_change_of_the_surface_is_judged_by_what_callers_do_with_it(old: str, new: str, breaking: bool) -> None:
    changed = SURFACE.replace(old + "\n", new + "\n" * bool(new)) if old else f"{SURFACE}{new}\n"
    changes = surface_diff.compare(SURFACE, changed)
    assert changes
    assert verdict(changes) == ("breaking" if breaking else "compatible")


def test_the_same_surface_has_no_changes() -> None:
    assert surface_diff.compare(SURFACE, SURFACE) == []


# ---- Schemas -------------------------------------------------------------------------------------------------------


def changes_of(document: dict[str, Any]) -> list[Change]:
    return schema_diff.compare(OPENAPI, normalise(document, OPENAPI)[0], SERVED)


@needs_node
def test_the_published_file_changes_nothing() -> None:
    assert changes_of(PUBLISHED) == []
    assert changes_of(reworded(PUBLISHED)) == []


@needs_node
def test_a_configuration_file_nearby_hides_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The canary: eight planted breaks are found, although a configuration in sight turns every rule off."""
    rules = ("property-removed", "required-properties-added", "enum-values-removed", "schema-type-changed")
    config = {"rules": dict.fromkeys((*rules, "schema-constraint-changed", "path-removed"), "off")}
    (tmp_path / "redocly.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    planted = edited(
        (f"{REQUEST}/top_k", {"type": "string"}),
        (f"{REQUEST}/max_tokens/maximum", 10),
        (f"{REQUEST}/stop_sequences", {"type": "array", "items": {"type": "integer"}}),
        ("InputMessage/properties/role/enum", ["user"]),
        ("MessagesRequest/required", ["model", "messages", "max_tokens", "tools"]),
        ("MessagesResponse/required", ["id"]),
        ("TextBlock/properties/type/const", "plain"),
        ("/components/securitySchemes/ApiKeyAuth/name", "X-Key"),
    )
    breaking = {change.place for change in changes_of(planted) if change.breaking}
    assert breaking == {
        "MessagesRequest.top_k type",
        "MessagesRequest.max_tokens maximum",
        "MessagesRequest.stop_sequences items type",
        "InputMessage.role enum",
        "MessagesRequest required",
        "MessagesResponse required",
        "TextBlock.type const",
        "components securitySchemes ApiKeyAuth name",
    }


@needs_node
def test_both_sides_see_a_change_of_a_shared_schema() -> None:
    (change,) = changes_of(edited(("TextBlock/properties/text/maxLength", 5)))
    assert (change.side, change.breaking) == ("both", True)


@needs_node
def test_a_value_that_the_overlay_does_not_open_breaks() -> None:
    closed = copy.deepcopy(SERVED)
    closed["components"]["schemas"]["MessagesResponse"]["properties"]["stop_reason"] = {"type": "string", "enum": ["a"]}
    new = edited(("MessagesResponse/properties/stop_reason/enum", Also("pause_turn")))
    (change,) = schema_diff.compare(OPENAPI, normalise(new, OPENAPI)[0], closed)
    assert change.breaking


# ---- The report ----------------------------------------------------------------------------------------------------


def test_without_node_the_report_says_so_and_gives_the_python_part(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_node() -> Path:
        raise node_tools.NoNodeError("Node is missing: run `make setup`")

    monkeypatch.setattr(redocly, "node", no_node)
    old = api_diff.Edition(OPENAPI, {}, SERVED, SURFACE, "0.1.0")
    new = api_diff.Edition(OPENAPI, {}, SERVED, SURFACE.replace("Client.send(text): any, str\n", ""), "0.1.0")
    text = api_diff.compare(old, new).markdown()
    assert "**API changes: breaking**, release as 0.2.0 (now 0.1.0)" in text
    assert "> **Not compared:** the schemas, so the verdict is that of the Python part alone. Node is missing" in text
    assert "### Python: 1 change, 1 breaking" in text


def test_foreign_text_is_neither_markdown_nor_html_nor_a_mention() -> None:
    nasty = "a | b ` c <script> @someone\n# d"
    change = Change(nasty, "changed", nasty, nasty, True, note=nasty)
    text = Report("1.0.0", python=[change], overlay=[nasty], words=[(nasty, nasty)]).markdown()
    table = [line for line in text.splitlines() if line.startswith("| **yes**")]
    assert len(table) == 1
    assert "`a \\| b ' c <script> @someone # d`" in table[0]
    assert "a \\| b ` c &lt;script> &#64;someone # d |" in table[0]
    assert "\n# d" not in text


def test_a_report_stays_short_enough_for_a_comment() -> None:
    change = Change("place" * 50, "changed", "old" * 200, "new" * 200, False, note="why " * 10)
    text = Report("1.0.0", python=[change] * 5000, words=[("place", "text" * 100)] * 5000).markdown()
    assert "… and 4850 more." in text
    assert len(text) < 2 * 65_536


def test_no_change_is_said_on_one_line() -> None:
    _, head = Report("1.0.0").markdown().split("\n\n")
    assert head == "**API changes: none**, no release needed. Nothing that a caller could notice.\n"


# ---- The command ---------------------------------------------------------------------------------------------------


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A git repository with one commit of this project's files, `api_diff` at work in it."""
    for path in api_diff.FILES.values():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes((ROOT / path).read_bytes())
    (tmp_path / "api-surface.txt").write_text(SURFACE, encoding="utf-8")
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.invalid", "-c", "commit.gpgsign=false"]
    for command in (["init", "-q"], ["add", "."], [*identity, "commit", "-q", "-m", "first"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True, capture_output=True)
    monkeypatch.setattr(api_diff, "ROOT", tmp_path)
    monkeypatch.setattr(api_diff, "surface_of", lambda _: (tmp_path / "api-surface.txt").read_text("utf-8"))
    monkeypatch.setattr(api_diff.present, "__defaults__", (tmp_path,))
    return tmp_path


def test_the_command_compares_the_working_tree_with_a_commit(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert api_diff.main(["--base", "HEAD"]) == 0
    assert "**API changes: none**" in capsys.readouterr().out
    (repository / "api-surface.txt").write_text(SURFACE + "Client.more(): function, int\n", encoding="utf-8")
    assert api_diff.main(["--base", "HEAD", "--fail-on", "breaking"]) == 0
    assert "**API changes: compatible**" in capsys.readouterr().out
    (repository / "api-surface.txt").write_text("", encoding="utf-8")
    (repository / "api-surface.txt").write_text("Client.send(): function, str\n", encoding="utf-8")
    assert api_diff.main(["--base", "HEAD"]) == 0
    assert "**API changes: breaking**" in capsys.readouterr().out
    assert api_diff.main(["--base", "HEAD", "--fail-on", "breaking"]) == 1


@pytest.mark.parametrize("base", ["no-such-ref", "--help", "", "HEAD:openapi.yaml"])
def test_a_base_that_is_no_commit_is_an_error(base: str, repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert api_diff.main([f"--base={base}"]) == 2
    assert f"error: BASE={base}: there is no such commit" in capsys.readouterr().err


def test_a_base_without_a_surface_gives_the_schema_part(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    subprocess.run(["git", "rm", "-q", "--cached", "api-surface.txt"], cwd=repository, check=True)
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.invalid", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, "commit", "-q", "-m", "second"], cwd=repository, check=True)
    assert api_diff.main(["--base", "HEAD"]) == 0
    assert "the Python surface: api-surface.txt is missing on one side" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("update", "result", "warnings"),
    [
        ({"b": 2}, {"a": 1, "list": ["x"], "b": 2}, []),
        ({"a": 5, "b": 2}, {"a": 1, "list": ["x"], "b": 2}, ["a is in the schema by now, remove it here"]),
        ({"a": 5}, {"a": 1, "list": ["x"]}, ["a is in the schema by now, remove it here"]),
    ],
)
def test_what_the_vendor_publishes_stands_against_the_overlay(
    update: dict[str, Any], result: dict[str, Any], warnings: list[str]
) -> None:
    action = {"target": "$.names", "x-only-new": True, "update": update}
    document, said = apply_overlay({"names": {"a": 1, "list": ["x"]}}, {"actions": [action]})
    assert document == {"names": result}
    assert said == [f"overlay action 1 ($.names): {warning}" for warning in warnings]


def test_a_member_of_a_union_is_not_added_twice() -> None:
    action = {"target": "$.union", "x-only-new": True, "update": [{"$ref": "A"}, {"$ref": "B"}]}
    document, said = apply_overlay({"union": [{"$ref": "A"}]}, {"actions": [action]})
    assert document == {"union": [{"$ref": "A"}, {"$ref": "B"}]}
    assert said == ["overlay action 1 ($.union): A is in the schema by now, remove it here"]


def test_an_action_that_changes_nothing_is_reported() -> None:
    said = apply_overlay({"a": {"b": 1}}, {"actions": [{"target": "$.a", "update": {"b": 1}}]})[1]
    assert said == ["overlay action 1 ($.a): changes nothing any more, remove it"]


def test_a_stale_overlay_action_is_reported() -> None:
    overlay = {"actions": [{"target": "$.components.schemas.Gone", "remove": True}]}
    edition = api_diff.Edition(OPENAPI, overlay, SERVED, SURFACE, "0.1.0")
    assert api_diff.overlay_findings(edition) == ["overlay action 1 ($.components.schemas.Gone) matches nothing"]
    present = yaml.safe_load((ROOT / "openapi-overlay.yaml").read_text(encoding="utf-8"))
    assert api_diff.overlay_findings(api_diff.Edition(OPENAPI, present, SERVED, SURFACE, "0.1.0")) == []
