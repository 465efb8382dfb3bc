"""`api-surface.txt`: it is fresh, it holds what callers can name, and no more."""

from __future__ import annotations

import re

import pytest

import surface
from diff.surface_reader import surface_of
from schema.paths import ROOT

COMMITTED = (ROOT / "api-surface.txt").read_text(encoding="utf-8")
LINES = frozenset(COMMITTED.splitlines())


def test_the_committed_file_is_fresh() -> None:
    assert surface_of(ROOT) == COMMITTED, "run `make generate` and commit what it writes"


def test_the_file_is_sorted_and_has_one_fact_a_line() -> None:
    header, *facts = COMMITTED.splitlines()
    assert header.startswith("# ")
    assert facts == sorted(set(facts))
    assert all(re.fullmatch(r"[^\s:]+(: .+| is (sent|received|sent and received))", fact) for fact in facts)
    assert " at 0x" not in COMMITTED


@pytest.mark.parametrize(
    "fact",
    [
        "Baseten(api_key): keyword, str | None = None",
        "Baseten.messages: property, Messages",
        "Message.text: property, str",
        "Message: class(MessagesResponse)",
        "APIStatusError.status_code: attribute, int",
        "auth.AuthScheme: type, Literal['Bearer', 'Api-Key']",
        "models.TextBlock is sent and received",
        "models.MessagesRequest is sent",
        "models.MessagesResponse is received",
        "models.TextBlock.type: field, Literal['text']",
        "models.Usage.input_tokens: field, int = 0",
        "models.Usage.cache_read_input_tokens: field, int | None = None",
        "models.MessagesRequest.temperature: field, float | Unset = UNSET",
        "models.UnknownBlock.type: field, str",
        "models.MessageDelta.stop_reason: field, StopReason | None = None",
        'params.MessagesRequest["max_tokens"]: required, int',
        'params.MessagesRequest["temperature"]: optional, float | Unset | None',
        "params.TextBlock[\"type\"]: required, Literal['text']",
        "client.Baseten: the same as Baseten",
    ],
)
def test_what_a_caller_can_name_is_there(fact: str) -> None:
    assert fact in LINES


def test_the_keywords_of_create_lead_to_the_fields_of_the_request() -> None:
    taken = [re.search(r"Unpack\[(\w+)\]", line) for line in LINES if ".create[" in line and "(**fields)" in line]
    assert len(taken) >= 4
    for match in taken:
        assert match
        assert f"_options.{match[1]}: TypedDict(params.ToolRunnerRequest, OfferedTools, " in COMMITTED


@pytest.mark.parametrize(
    "name", ["_generated", "params.TextBlockModel", "params.Sequence", "models.annotations", "from_dict"]
)
def test_what_is_private_or_boilerplate_is_not_there(name: str) -> None:
    assert not [line for line in LINES if name in re.split(r"[:(]", line)[0].split("[")[0]]


def test_the_check_names_the_stale_lines(
    tmp_path: object, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(surface, "surface_of", lambda _: COMMITTED + "new: int\n")
    assert surface.main(["--check"]) == 1
    assert (
        capsys.readouterr().err == "stale: api-surface.txt: +new: int\nrun `make generate` and commit what it writes\n"
    )


def test_a_package_that_cannot_be_imported_is_an_error(
    tmp_path: object, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def surface_of(_: object) -> str:
        raise ImportError("broken")

    monkeypatch.setattr(surface, "surface_of", surface_of)
    assert surface.main([]) == 2
    assert capsys.readouterr().err == "error: broken\n"
