"""`make update-schema`: what is taken over, what is refused, and that a failure changes nothing."""

from __future__ import annotations

import copy
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

import update_schema
from diff import callers, compare
from diff.report import CLIENT_FAILS
from schema import build, fetch, models, trial
from schema.errors import GenerateError
from schema.normalize import clean_text
from schema.paths import OVERLAY, ROOT

from ..schema_changes import baseline
from ..schema_changes.baseline import OPENAPI, PUBLISHED
from ..schema_changes.corpus import COMBINED, GONE, LATER, ROWS, Also, Edit, edited, reordered, reworded
from ..schema_changes.project import CONVERSATION, Project, needs_node, spare_what_is_known
from ..schema_changes.same_meaning import ref
from ..schema_changes.structures import variant
from .web import Site

SEED = edited(("MessagesRequest/properties/seed", {"type": "integer", "description": "Makes sampling repeatable."}))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    root = tmp_path / "project"
    root.mkdir()
    spare_what_is_known(monkeypatch, root)
    return Project(root)


# ---- Nothing changed ---------------------------------------------------------------------------------------------


def as_openapi_30(document: dict[str, Any]) -> dict[str, Any]:
    """Say the same in the terms of OpenAPI 3.0."""
    old = copy.deepcopy(document)
    old["openapi"] = "3.0.3"
    for schema in old["components"]["schemas"].values():
        for field in (schema, *schema.get("properties", {}).values(), *schema.get("oneOf", ())):
            for inner in (field, *field.get("properties", {}).values()):
                if "const" in inner:
                    inner["enum"] = [inner.pop("const")]
                if inner.get("exclusiveMinimum") not in (None, True):
                    inner["minimum"], inner["exclusiveMinimum"] = inner["exclusiveMinimum"], True
    return old


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(json.dumps(PUBLISHED), id="the published JSON"),
        pytest.param(OPENAPI, id="openapi.yaml itself"),
        pytest.param(yaml.safe_dump(PUBLISHED), id="the same as YAML"),
        pytest.param(yaml.safe_dump(PUBLISHED, default_flow_style=True), id="the same as YAML in braces"),
        pytest.param("\ufeff" + json.dumps(PUBLISHED), id="with a byte order mark"),
        pytest.param(json.dumps(reordered(PUBLISHED)), id="in another order"),
        pytest.param(json.dumps(reworded(PUBLISHED)), id="with other descriptions"),
        pytest.param(json.dumps(as_openapi_30(PUBLISHED)), id="as OpenAPI 3.0"),
        pytest.param(
            json.dumps(edited(("/paths/~v1~messages/post/x-codeSamples", []), ("/x-generator", {"a": 1}))),
            id="with other extensions",
        ),
    ],
)
def test_a_schema_that_says_the_same_changes_no_byte(text: str, project: Project, tmp_path: Path) -> None:
    source = tmp_path / "schema"
    source.write_text(text, encoding="utf-8")
    before = project.state()
    assert project.update(str(source)) == ""
    assert project.state() == before


def test_the_command_says_that_nothing_changed(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert update_schema.main(["--schema", str(baseline.FOLDER / "published.json")], project.root) == 0
    assert "up to date" in capsys.readouterr().out


# ---- Taken over --------------------------------------------------------------------------------------------------


def test_a_new_request_field_reaches_callers_type_checkers_and_the_report(project: Project, tmp_path: Path) -> None:
    report = project.update(SEED)
    assert '`MessagesRequest.seed` → `models.MessagesRequest.seed`, `params.MessagesRequest["seed"]`' in report
    assert "`/components/schemas/MessagesRequest/properties/seed/description`: `Makes sampling repeatable.`" in report
    project.run(
        CONVERSATION.replace('"max_tokens": 64', '"max_tokens": 64, "seed": 7')
        + "\nserver.requests[0].json['seed'] == 7"
    )
    program = tmp_path / "project" / "program.py"
    program.write_text(
        "from baseten_messages_client import Baseten\n"
        "c = Baseten()\n"
        "c.messages.create(model='m', max_tokens=1, messages=[], seed=1)\n"
        "c.messages.create(model='m', max_tokens=1, messages=[], seed='x')\n",
        encoding="utf-8",
    )
    errors = mypy(program)
    assert len(errors) == 1, errors
    assert "program.py:4" in errors[0]


@needs_node
@pytest.mark.parametrize(
    ("page", "document"),
    [pytest.param("reviewing.md", LATER, id="reviewing"), pytest.param("combined-report.md", COMBINED, id="combined")],
)
def test_the_reports_in_the_documentation_are_real(project: Project, page: str, document: dict[str, Any]) -> None:
    shown = (ROOT / "docs" / page).read_text(encoding="utf-8").partition("a test compares it. -->\n\n")[2]
    report = project.update(document).partition(f"\n### {CLIENT_FAILS}")[0]
    report = report.partition("<!-- api-diff -->\n\n")[2].replace("\n### ", "\n#### ")
    version = r"release as \S+ \(now \S+\)"
    assert re.sub(version, "", shown) == re.sub(version, "", report)


def test_a_new_response_block_reaches_callers_and_type_checkers(project: Project, tmp_path: Path) -> None:
    row = next(row for row in ROWS if row.name == "the response holds a new block")
    project.update(edited(*row.edits))
    project.run(
        "from baseten_messages_client import Message, models\n"
        "message = Message.from_dict({'id': '', 'type': 'message', 'role': 'assistant', 'model': '', 'usage': {},"
        " 'stop_reason': None, 'content': ["
        "{'type': 'citation', 'url': 'u', 'more': 1}, {'type': 'text', 'text': 't'}]})\n"
        "block, text = message.content\n"
        "assert isinstance(block, models.CitationBlock) and block.url == 'u', block\n"
        "assert message.text == 't'\n"
        "assert message.to_param()['content'][0] == {'type': 'citation', 'url': 'u', 'more': 1}\n"
    )
    program = tmp_path / "project" / "program.py"
    program.write_text(
        "from baseten_messages_client import Message, models\n"
        "def url(message: Message) -> list[str]:\n"
        "    return [block.url for block in message.content if isinstance(block, models.CitationBlock)]\n"
        "def wrong(message: Message) -> list[int]:\n"
        "    return [block.url for block in message.content if isinstance(block, models.CitationBlock)]\n",
        encoding="utf-8",
    )
    errors = mypy(program)
    assert len(errors) == 1, errors
    assert "program.py:5" in errors[0]


def test_a_new_event_of_the_stream_arrives_typed(project: Project) -> None:
    later = variant("heartbeat", at={"type": "integer"})
    later["properties"]["type"] = {"type": "string", "enum": ["heartbeat", "slow_heartbeat"]}
    events = [ref("HeartbeatEvent"), ref("PingEvent")]
    project.update(
        edited(("HeartbeatEvent", later), ("PingEvent", variant("ping")), ("StreamEvent", {"oneOf": events}))
    )
    project.run(
        "from baseten_messages_client import Baseten, models\n"
        "from baseten_messages_client.testing import LocalServer\n"
        "start = {'type': 'message_start', 'message': {}}\n"
        "beats = [{'type': name, 'at': 1} for name in ('heartbeat', 'slow_heartbeat')]\n"
        "end = [{'type': 'message_delta', 'delta': {}, 'usage': {}}, {'type': 'message_stop'}]\n"
        "with LocalServer() as server, Baseten(api_key='any', base_url=server.url) as client:\n"
        "    server.enqueue([start, *beats, *end])\n"
        "    hello = [{'role': 'user', 'content': 'Hi'}]\n"
        "    with client.messages.stream(model='zai-org/GLM-5.2', max_tokens=1, messages=hello) as stream:\n"
        "        events = list(stream)\n"
        "assert [event.at for event in events if isinstance(event, models.HeartbeatEvent)] == [1, 1], events\n"
    )


def test_a_value_that_a_list_of_the_response_lacks_is_kept(project: Project) -> None:
    choice = {"type": "string", "enum": ["fast", "slow"]}
    project.update(
        edited(
            ("MessagesResponse/properties/tier", choice),
            ("MessagesResponse/properties/route", {"type": "array", "items": choice}),
            ("Usage/properties/detail", {"type": "object", "required": ["tier"], "properties": {"tier": choice}}),
            ("Region", choice),
            ("MessagesResponse/properties/region", ref("Region")),
        )
    )
    project.run(
        "from baseten_messages_client import Message\n"
        "later = {'tier': 'later', 'route': ['later'], 'region': 'later', 'usage': {'detail': {'tier': 'later'}}}\n"
        "whole = {'id': '', 'type': 'message', 'role': 'assistant', 'model': '', 'stop_reason': None, 'content': []}\n"
        "assert Message.from_dict({**whole, **later}).to_dict() == {**whole, **later}\n"
    )


def mypy(program: Path) -> list[str]:
    """Return the errors that mypy finds in a program beside the package."""
    import mypy.api

    cache = ROOT / ".mypy_cache" / "updates"
    options = ["--config-file=", f"--cache-dir={cache}", "--follow-imports=silent", str(program)]
    monkey = pytest.MonkeyPatch()
    with monkey.context() as patch:
        patch.setenv("MYPYPATH", str(program.parent))
        said, _, _ = mypy.api.run(options)
    return [line for line in said.splitlines() if ": error:" in line]


def test_what_another_operation_takes_is_sent_and_what_it_returns_is_received(project: Project) -> None:
    def schema(name: str) -> dict[str, Any]:
        return {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}

    count = {
        "operationId": "count",
        "requestBody": {"content": schema("CountRequest")},
        "responses": {"200": {"description": "The number.", "content": schema("CountResponse")}},
    }
    number = {"type": "object", "properties": {"number": {"type": "integer"}}}
    project.update(edited(("CountRequest", number), ("CountResponse", number), ("/paths/~v1~count", {"post": count})))
    surface = (project.root / "api-surface.txt").read_text("utf-8").splitlines()
    assert "models.CountRequest is sent" in surface
    assert "models.CountResponse is received" in surface


def test_new_descriptions_are_cleaned_and_known_ones_stay_ours(project: Project) -> None:
    nasty = 'Say """hi"""\n\x1b[31m import os; os.system("x") \\ ' + "long " * 200
    project.update(
        edited(
            ("MessagesRequest/properties/model/description", nasty),
            ("MessagesRequest/properties/seed", {"type": "integer", "description": nasty, "title": "Seed"}),
        )
    )
    properties = yaml.safe_load((project.root / "openapi.yaml").read_text("utf-8"))["components"]["schemas"][
        "MessagesRequest"
    ]["properties"]
    assert (
        properties["model"]
        == yaml.safe_load(OPENAPI)["components"]["schemas"]["MessagesRequest"]["properties"]["model"]
    )
    assert properties["seed"] == {"description": clean_text(nasty), "type": "integer"}
    project.run("import baseten_messages_client.models, baseten_messages_client.params")


def test_names_that_are_keywords_or_paths_in_python_work(project: Project) -> None:
    names = ("class", "from", "None", "self", "dict", "import", "data", "os.path", "x-y")
    project.update(edited(*((f"MessagesResponse/properties/{name}", {"type": "string"}) for name in names)))
    project.run(
        "from baseten_messages_client import Message\n"
        f"names = {names!r}\n"
        "whole = {'id': '', 'type': 'message', 'role': 'assistant', 'model': '', 'usage': {}, 'stop_reason': None,"
        " 'content': [], **dict.fromkeys(names, 'v')}\n"
        "message = Message.from_dict(whole)\n"
        "assert message.to_dict() == whole, message.to_dict()\n"
        "assert not message.additional_properties\n"
    )


def test_a_schema_that_nests_in_itself_works(project: Project) -> None:
    tree = {
        "type": "object",
        "properties": {"children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}},
    }
    report = project.update(
        edited(("Tree", tree), ("MessagesResponse/properties/tree", {"$ref": "#/components/schemas/Tree"}))
    )
    assert "`MessagesResponse.tree` → `models.MessagesResponse.tree`, `models.Tree`" in report


def test_the_report_names_the_callers_lines_that_no_longer_type_check(project: Project) -> None:
    program = project.root / "examples" / "agent.py"
    program.parent.mkdir()
    program.write_text(
        "from baseten_messages_client import Baseten\n"
        "with Baseten() as client:\n"
        "    client.messages.create(model='m', max_tokens=1, messages=[], top_k=1)\n",
        encoding="utf-8",
    )
    report = project.update(edited(("MessagesRequest/properties/top_k", GONE)))
    assert "Callers' lines that no longer type-check:" in report
    assert '`params.MessagesRequest["top_k"]` → `examples/agent.py:3: ' in report


def test_an_edition_that_says_the_same_checks_no_callers(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(callers, "check_present", _fail)
    assert project.update(PUBLISHED) == ""


def test_an_unexpected_error_names_the_step_and_how_to_see_the_traceback(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("unheard of\nat all")

    monkeypatch.setattr(build, "build", fail)
    source = tmp_path / "schema.json"
    source.write_text(json.dumps(SEED), encoding="utf-8")
    before = project.state()
    assert update_schema.main(["--schema", str(source)], project.root) == 2
    said = capsys.readouterr().err
    assert "generating the code failed unexpectedly with ValueError: unheard of at all" in said
    assert "TRACEBACK=1" in said
    assert "Traceback" not in said
    assert len(said.splitlines()) <= 5
    assert project.state() == before
    with pytest.raises(ValueError, match="unheard of"):
        update_schema.main(["--schema", str(source), "--traceback"], project.root)


# ---- Downloaded --------------------------------------------------------------------------------------------------


def test_a_schema_is_downloaded_through_redirects(site: Site, project: Project) -> None:
    site.page("/schema.json", json.dumps(SEED).encode())
    url = site.page("/moved", status=302, location="/schema.json")
    assert "MessagesRequest.seed" in project.update(url)


# ---- Failures leave everything as it was ---------------------------------------------------------------------------


def test_an_invalid_openapi_document_changes_nothing(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    before = project.state()
    with pytest.raises(GenerateError, match="not a valid OpenAPI document"):
        project.update(edited(("MessagesRequest/properties/seed", {"type": "integr"})))
    assert project.state() == before


@pytest.mark.parametrize("step", ["build", "report", "put in place"])
def test_a_failure_at_any_step_changes_nothing(step: str, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    before = project.state()
    if step == "build":
        monkeypatch.setattr(build, "write_params", _fail)
    elif step == "report":
        monkeypatch.setattr(compare, "compare", _fail)
    else:
        real = Path.rename

        def rename(path: Path, target: Path) -> Path:
            if path.name == "_generated" and path.parent.parent.name == "fresh":
                raise OSError("the disk is full")
            return real(path, target)

        monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises((OSError, GenerateError)):
        project.update(SEED)
    assert project.state() == before


def _fail(*_: Any, **__: Any) -> None:
    raise OSError("the disk is full")


def test_code_that_cannot_be_imported_changes_nothing(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    real = models.write_models

    def write_models(
        document: dict[str, Any], overlay: dict[str, Any], config_path: Path, output: Path, scratch: Path
    ) -> None:
        real(document, overlay, config_path, output, scratch)
        (output / "models" / "usage.py").write_text("class Usage(", encoding="utf-8")

    monkeypatch.setattr(build, "write_models", write_models)
    before = project.state()
    with pytest.raises(ImportError, match="cannot be imported: SyntaxError"):
        project.update(SEED)
    assert project.state() == before


@pytest.mark.parametrize("name", [trial.TYPES, trial.TALK])
def test_a_client_that_does_not_work_with_an_edition_refuses_it(
    name: str, project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program = "print('client.py:1: error: no such field\\nclient.py:2: error: x'); raise SystemExit(1)"
    monkeypatch.setattr(trial, "commands", lambda folder: {name: [sys.executable, "-c", program]})
    source = project.root.parent / "seed.json"
    source.write_text(json.dumps(SEED), encoding="utf-8")
    before = project.state()
    assert update_schema.main(["--schema", str(source)], project.root) == 2
    said = capsys.readouterr().err
    failure = f"{name}: client.py:1: error: no such field (and 1 more lines)"
    assert said == f"error: the client does not work with this edition: {failure}\nnothing was changed\n"
    assert project.state() == before


def test_a_breaking_edition_is_taken_over_with_a_note_that_the_client_must_change(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "commands", lambda folder: {trial.TYPES: [sys.executable, "-c", "raise SystemExit(3)"]})
    report = project.update(edited(("MessagesRequest/properties/top_k", {"type": "string"})))
    assert report.endswith(
        "### The client does not work with this edition: change its code too\n\n- mypy: exit code 3\n"
    )


def test_a_check_that_hangs_refuses_the_edition(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    sleep = [sys.executable, "-c", "import time; time.sleep(60)"]
    monkeypatch.setattr(trial, "commands", lambda folder: {trial.TYPES: sleep})
    monkeypatch.setattr(trial, "SECONDS", 0.1)
    before = project.state()
    with pytest.raises(GenerateError, match=r"mypy takes longer than 0\.1 seconds"):
        project.update(SEED)
    assert project.state() == before


@pytest.mark.parametrize(
    "edits",
    [
        pytest.param((("MessagesResponse/properties/text", {"type": "string"}),), id="a name that needs a hand"),
        pytest.param((("MessagesRequest/properties/seed", {"type": "integr"}),), id="not OpenAPI"),
        pytest.param((("Usage", {"type": "object", "oneOf": 7}),), id="a schema that is malformed"),
        pytest.param((("ToolChoice/oneOf/0", GONE),), id="a required action without a match"),
        pytest.param((("Usage/properties/a", {"$ref": "#/components/schemas/Gone"}),), id="a reference into nothing"),
        pytest.param((("MessagesRequest", {"$ref": "#/components/schemas/Usage"}),), id="a request of another kind"),
        pytest.param((("MessagesResponse/properties/content", {"type": "string"}),), id="content of another type"),
    ],
)
def test_an_error_is_at_most_five_lines_and_never_a_dump(
    edits: tuple[Edit, ...], project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.undo()
    source = project.root.parent / "edition.json"
    source.write_text(json.dumps(edited(*edits)), encoding="utf-8")
    before = project.state()
    assert update_schema.main(["--schema", str(source)], project.root) == 2
    said = capsys.readouterr().err
    assert said.startswith("error: ")
    assert said.endswith("\nnothing was changed\n")
    assert len(said.splitlines()) <= 5
    assert len(said) < 800
    assert "Traceback" not in said
    assert project.state() == before


def test_the_command_reports_a_refusal_on_one_line_and_exits_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert update_schema.main(["--schema", "no/such/file"]) == 2
    assert capsys.readouterr().err == "error: SCHEMA=no/such/file: there is no such file\nnothing was changed\n"


@pytest.mark.parametrize("arguments", [[], ["--schema", ""]])
def test_without_a_source_the_schema_comes_from_the_address_in_the_overlay(
    arguments: list[str], project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def fetched(source: str) -> dict[str, Any]:
        asked.append(source)
        return PUBLISHED

    monkeypatch.setattr(fetch, "fetch", fetched)
    assert update_schema.main(arguments, project.root) == 0
    assert asked == ["https://docs.baseten.co/reference/inference-api/messages-openapi-spec.json"]


def test_an_overlay_without_an_address_is_an_error_that_names_what_to_set(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    overlay = project.root / OVERLAY
    text = overlay.read_text(encoding="utf-8")
    overlay.write_text(re.sub("\nx-published: .*", "", text), encoding="utf-8")
    assert update_schema.main([], project.root) == 2
    said = capsys.readouterr().err
    assert said.startswith("error: there is no address: set `x-published` in openapi-overlay.yaml, or give a file")
    assert project.update(PUBLISHED) == ""


SOURCES = (
    ("PageSource", variant("page", url={"type": "string"})),
    ("BookSource", variant("book", name={"type": "string"})),
    ("Source", {"oneOf": [ref("PageSource"), ref("BookSource")]}),
)


def test_an_unknown_variant_of_a_new_union_is_kept_and_the_known_ones_narrow(project: Project, tmp_path: Path) -> None:
    report = project.update(
        edited(
            *SOURCES,
            ("TextBlock/properties/sources", {"type": "array", "items": ref("Source")}),
            ("MessagesResponse/properties/origin", {"anyOf": [ref("PageSource"), ref("BookSource"), {"type": "null"}]}),
        )
    )
    assert "**API changes: compatible**" in report
    project.run(
        "from baseten_messages_client import Message, models\n"
        "for unknown in ({'type': 'video', 'at': [1]}, {'at': 1}):\n"
        "    text = {'type': 'text', 'text': 't', 'sources': [{'type': 'page', 'url': 'u'}, unknown]}\n"
        "    whole = {'id': '', 'type': 'message', 'role': 'assistant', 'model': '', 'usage': {}, 'stop_reason': None,"
        " 'content': [text], 'origin': unknown}\n"
        "    message = Message.from_dict(whole)\n"
        "    block, = message.content\n"
        "    assert message.text == 't'\n"
        "    assert isinstance(block.sources[0], models.PageSource)\n"
        "    assert isinstance(block.sources[1], models.UnknownVariant)\n"
        "    assert isinstance(message.origin, models.UnknownVariant)\n"
        "    assert message.to_dict() == whole, message.to_dict()\n"
    )
    program = tmp_path / "project" / "program.py"
    program.write_text(
        "from baseten_messages_client import models\n"
        "def name(source: models.Source) -> str:\n"
        "    if source.type == 'page':\n"
        "        return source.url\n"
        "    if source.type == 'book':\n"
        "        return source.name\n"
        "    return str(source.additional_properties)\n"
        "def wrong(source: models.Source) -> str:\n"
        "    return source.url\n",
        encoding="utf-8",
    )
    errors = mypy(program)
    assert [re.split(r": error: ", line)[0].rpartition("/")[2] for line in errors] == ["program.py:9"] * 2, errors


def test_an_open_member_of_the_vendors_hides_no_block(project: Project) -> None:
    anything = {"type": "object", "required": ["type"], "properties": {"type": {"type": "string"}}}
    blocks = "MessagesResponse/properties/content/items/anyOf"
    project.update(edited(("AnyBlock", anything), (f"{blocks}/0", ref("AnyBlock")), (blocks, Also(ref("TextBlock")))))
    project.run(
        "from baseten_messages_client import Message, models\n"
        "content = [{'type': 'thinking', 'thinking': ''}, {'type': 'text', 'text': 't'}, {'type': 'video'}]\n"
        "message = Message.from_dict({'id': '', 'type': 'message', 'role': 'assistant', 'model': '', 'usage': {},"
        " 'stop_reason': None, 'content': content})\n"
        "types = [models.ThinkingBlock, models.TextBlock, models.UnknownBlock]\n"
        "assert [type(block) for block in message.content] == types, message.content\n"
    )
