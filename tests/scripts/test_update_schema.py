"""`make update-schema`: what is taken over, what is refused, and that a failure changes nothing."""

from __future__ import annotations

import copy
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

import api_diff
import fetch
import generate
import redocly
import update_schema
from guard import check
from normalise import LONGEST_TEXT, clean_text, dump, normalise

from .schema_changes.corpus import LATER, PUBLISHED, ROWS, edited, reordered, reworded
from .schema_changes.project import CONVERSATION, ROOT, Project, spare_what_is_known

OPENAPI = (ROOT / "openapi.yaml").read_text(encoding="utf-8")
needs_node = pytest.mark.skipif(not redocly.CLI.is_file(), reason="the Node tools are not installed (`make setup`)")
SEED = edited(("MessagesRequest/properties/seed", {"type": "integer", "description": "Makes sampling repeatable."}))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    root = tmp_path / "project"
    root.mkdir()
    spare_what_is_known(monkeypatch, root)
    return Project(root)


class Site:
    """A loopback web server with one page, and a redirect to wherever a test wants."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, dict[str, str], Iterator[bytes]]] = {}
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, headers, chunks = site.pages[self.path]
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                try:
                    for chunk in chunks:
                        self.wfile.write(chunk)
                except (BrokenPipeError, ConnectionResetError):
                    pass  # The client had enough, which is what the test wants.

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def page(self, path: str, content: bytes | Iterator[bytes] = b"", status: int = 200, **headers: str) -> str:
        chunks = iter([content]) if isinstance(content, bytes) else content
        self.pages[path] = (status, {name.replace("_", "-"): value for name, value in headers.items()}, chunks)
        return self.url + path


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.server.shutdown()
    site.server.server_close()


# ---- Nothing changed ---------------------------------------------------------------------------------------------


def test_openapi_yaml_is_a_fixed_point_byte_for_byte() -> None:
    present = yaml.safe_load(OPENAPI)
    assert dump(normalise(present, present)[0]) == OPENAPI


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


def test_the_command_says_that_nothing_changed(capsys: pytest.CaptureFixture[str]) -> None:
    assert update_schema.main(["--schema", str(ROOT / "tests" / "schema_changes" / "published.json")]) == 0
    assert "up to date" in capsys.readouterr().out


# ---- Taken over --------------------------------------------------------------------------------------------------


def test_a_new_request_field_reaches_callers_type_checkers_and_the_report(project: Project, tmp_path: Path) -> None:
    report = project.update(SEED)
    assert '`params.MessagesRequest["seed"]` | (new) | `optional, int`' in report
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
def test_the_example_in_the_documentation_is_a_real_report(project: Project) -> None:
    page = (ROOT / "docs" / "reviewing.md").read_text(encoding="utf-8")
    shown = page.partition("a test compares it. -->\n\n")[2]
    report = project.update(LATER).partition("<!-- api-diff -->\n\n")[2].replace("\n### ", "\n#### ")
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


def test_a_cleaned_text_is_one_short_line_without_quotes() -> None:
    text = clean_text('a "b"\n\tc \\ d\u2028\x00' + "e " * 500)
    assert text.startswith("a 'b' c / d e e")
    assert len(text) <= LONGEST_TEXT
    assert text.isprintable()


def test_names_that_are_keywords_or_paths_in_python_are_rendered_harmless(project: Project) -> None:
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
    assert "`models.Tree.children` | (new) | `field, list[Tree] \\| Unset = UNSET`" in report


# ---- Downloaded --------------------------------------------------------------------------------------------------


def test_a_schema_is_downloaded_also_behind_redirects(site: Site, project: Project) -> None:
    site.page("/schema.json", json.dumps(SEED).encode())
    url = site.page("/moved", status=302, location="/schema.json")
    assert "MessagesRequest.seed" in project.update(url)


def endless() -> Iterator[bytes]:
    while True:
        yield b" " * 65536


def trickle() -> Iterator[bytes]:
    for _ in range(100):
        time.sleep(0.02)  # The server is the slow one here; the test ends at the limit below.
        yield b" "


@pytest.mark.parametrize(
    ("arrange", "message"),
    [
        (lambda site: site.page("/", status=404), "answered with status 404"),
        (lambda site: site.page("/", b"<html>no schema</html>"), "must be a mapping, not str"),
        (lambda site: site.page("/", status=302, location="file:///etc/passwd"), "cannot download"),
        (lambda site: site.page("/", status=302, location="ftp://127.0.0.1/x"), "cannot download"),
        (lambda site: site.page("/", status=302, location="/"), "redirects"),
        (lambda site: site.page("/", endless()), "sends more than"),
        (lambda site: site.page("/", trickle()), "takes longer than"),
        (lambda site: site.page("/", b"x", content_encoding="gzip"), "encoding"),
        (lambda _: "http://127.0.0.1:9/schema.json", "cannot download"),
        (lambda _: "http://[::1/schema.json", "cannot download"),
        (lambda _: "file:///etc/passwd", "give an http or https address"),
        (lambda _: "ftp://127.0.0.1/schema.json", "give an http or https address"),
        (lambda _: "no/such/file.json", "there is no such file"),
        (lambda _: "/dev/zero", "there is no such file"),
    ],
)
def test_a_source_that_cannot_be_trusted_is_refused(arrange: Callable[[Site], str], message: str, site: Site) -> None:
    with pytest.raises(fetch.SchemaError, match=message):
        fetch.fetch(arrange(site), max_seconds=0.3, max_bytes=500_000)


def test_a_file_of_100_megabytes_is_not_read_whole(tmp_path: Path) -> None:
    huge = tmp_path / "huge.json"
    with huge.open("wb") as file:
        file.truncate(100_000_000)
    with pytest.raises(fetch.SchemaError, match="more than 5,000,000 bytes"):
        fetch.fetch(str(huge))


# ---- Parsed ------------------------------------------------------------------------------------------------------

BOMB = "a: &a [x, x, x, x]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "must be a mapping, not NoneType"),
        ("[1, 2]", "must be a mapping, not list"),
        ("{", "neither JSON nor YAML"),
        ("\x00", "neither JSON nor YAML"),
        (BOMB, "line 1 of the schema has a YAML anchor or alias"),
        ("x: !!python/object/apply:os.system [echo]", "neither JSON nor YAML"),
        ("x: !!binary aGk=", "JSON has no word for"),
        ("x: .nan", "JSON has no word for"),
        ('{"x": NaN}', "no JSON number"),
        ('{"x": ' * 150 + "1" + "}" * 150, "levels deep"),
        ('{"x":' * 100_000, "levels deep"),
        ("[" * 100_000, "levels deep"),
    ],
)
def test_a_document_that_is_no_plain_json_is_refused(text: str, message: str) -> None:
    with pytest.raises(fetch.SchemaError, match=message):
        fetch.parse(text.encode())


def test_a_date_and_a_number_as_a_name_stay_what_they_look_like() -> None:
    assert fetch.parse(b"version: 2026-01-31\n200: ok\n") == {"version": "2026-01-31", "200": "ok"}


# ---- Refused -----------------------------------------------------------------------------------------------------

P = "MessagesRequest/properties"
STRING = {"type": "string"}


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (("/openapi", "2.0"), "not OpenAPI 3.0 or 3.1"),
        (("/openapi", "3.2.0"), "not OpenAPI 3.0 or 3.1"),
        (("/openapi", 3), "not OpenAPI 3.0 or 3.1"),
        (("/paths", {}), "no POST /v1/messages"),
        (("/paths", []), "no POST /v1/messages"),
        (("/paths/~v1~messages", {"get": {}}), "no POST /v1/messages"),
        (("/paths/~v1~..~etc", {}), "/paths/~1v1~1..~1etc: a name must match"),
        (("../../x", {"type": "object"}), None),
        ((f"{P}/..", STRING), "a name must match"),
        ((f"{P}/a b", STRING), "a name must match"),
        ((f'{P}/a"; import os', STRING), "a name must match"),
        ((f"{P}/_private", STRING), "a name must match"),
        ((f"{P}/größe", STRING), "a name must match"),
        ((f"{P}/to_dict", STRING), "MessagesRequest/properties/to_dict: this name would break"),
        ((f"{P}/timeout", STRING), "its field `timeout` has the name of something of ours"),
        (("MessagesResponse/properties/text", STRING), "its field `text` has the name of something of ours"),
        (("Any", {"type": "object"}), "this name would break"),
        ((f"{P}/seed", {"const": 'a"); import os; ("'}), "properties/seed/const: .* quotes"),
        ((f"{P}/seed", {"enum": ["a", "b\n"]}), "properties/seed/enum: .* control characters"),
        ((f"{P}/seed", {"enum": ["a" * 1000]}), "properties/seed/enum: .* too long"),
        ((f"{P}/seed", {"$ref": "file:///etc/passwd"}), "seed/.ref: only components of the schema itself"),
        ((f"{P}/seed", {"$ref": "http://127.0.0.1/x.json"}), "only components of the schema itself"),
        ((f"{P}/seed", {"$ref": "#/paths"}), "only components of the schema itself"),
        ((f"{P}/seed", {"$ref": 1}), "only components of the schema itself"),
        (("/paths/~v1~messages/post/operationId", "../x"), "operationId: '../x' cannot become"),
        (("/paths/~v1~messages/post/tags", ["../x"]), "tags: '../x' cannot become"),
        (("Loop", {"$ref": "#/components/schemas/Loop"}), "/components/schemas/Loop: this schema is made of itself"),
        (("Loop", {"allOf": [{"anyOf": [{"$ref": "#/components/schemas/Loop"}]}]}), "made of itself"),
    ],
)
def test_a_schema_that_must_not_become_code_is_refused(edit: tuple[str, Any], message: str | None) -> None:
    if message is None:  # The name itself holds the separator of places.
        document = edited()
        document["components"]["schemas"][edit[0]] = edit[1]
        message = "a name must match"
    else:
        document = edited(edit)
    with pytest.raises(fetch.SchemaError, match=message):
        check(document)


def test_two_schemas_that_consist_of_each_other_are_refused() -> None:
    a, b = ({"oneOf": [{"$ref": f"#/components/schemas/{name}"}]} for name in "BA")
    with pytest.raises(fetch.SchemaError, match="/components/schemas/A: this schema is made of itself"):
        check(edited(("A", a), ("B", b)))


# ---- Failures leave everything as it was ---------------------------------------------------------------------------


def test_an_invalid_openapi_document_changes_nothing(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    before = project.state()
    with pytest.raises(generate.GenerateError, match="not a valid OpenAPI document"):
        project.update(edited(("MessagesRequest/properties/seed", {"type": "integr"})))
    assert project.state() == before


@pytest.mark.parametrize("step", ["build", "report", "put in place"])
def test_a_failure_at_any_step_changes_nothing(step: str, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    before = project.state()
    if step == "build":
        monkeypatch.setattr(generate, "write_params", _fail)
    elif step == "report":
        monkeypatch.setattr(api_diff, "compare", _fail)
    else:
        real = Path.rename

        def rename(path: Path, target: Path) -> Path:
            if path.name == "_generated" and path.parent.parent.name == "fresh":
                raise OSError("the disk is full")
            return real(path, target)

        monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises((OSError, generate.GenerateError)):
        project.update(SEED)
    assert project.state() == before


def _fail(*_: Any, **__: Any) -> None:
    raise OSError("the disk is full")


def test_code_that_cannot_be_imported_changes_nothing(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    real = generate.write_client

    def write_client(document: dict[str, Any], output: Path, scratch: Path) -> None:
        real(document, output, scratch)
        (output / "models" / "usage.py").write_text("class Usage(", encoding="utf-8")

    monkeypatch.setattr(generate, "write_client", write_client)
    before = project.state()
    with pytest.raises(ImportError, match="cannot be imported: SyntaxError"):
        project.update(SEED)
    assert project.state() == before


def test_the_command_reports_a_refusal_on_one_line_and_exits_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert update_schema.main(["--schema", "no/such/file"]) == 2
    assert capsys.readouterr().err == "error: SCHEMA=no/such/file: there is no such file\nnothing was changed\n"


def test_without_a_source_the_vendor_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def update(source: str) -> str:
        asked.append(source)
        return ""

    monkeypatch.setattr(update_schema, "update", update)
    assert update_schema.main([]) == 0
    assert update_schema.main(["--schema", ""]) == 0
    assert asked == ["https://docs.baseten.co/reference/inference-api/messages-openapi-spec.json"] * 2
