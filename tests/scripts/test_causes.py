"""Which change of the schema is the cause of which change of a Python name."""

from __future__ import annotations

from dataclasses import replace

from diff.causes import COVERED, join
from diff.changes import Change
from diff.client import Client
from diff.surface_text import Surface

CLIENT = Client("/v1/messages", "MessagesRequest", ("ParseRequest", "ToolRunnerRequest"))
SURFACE = Surface.parse("""\
models.Answer is received
models.Answer: class()
models.Answer.parts: field, list[Part]
models.Answer.count: field, int = 0
models.Answer.data: field, Any
models.Part: type, TextPart | UnknownPart
models.Role: type, Literal['a', 'b']
models.Question: class()
models.Question.role: field, Role
models.MessagesRequest: class()
params.MessagesRequest["seed"]: optional, int
params.ParseRequest["seed"]: optional, int
""")


def cause(place: str, rule: str = "type-changed", breaking: bool = False, **more: object) -> Change:
    owner, _, field = place.partition(".")
    pointer = f"/components/schemas/{owner}" + (f"/properties/{field}" if field else "")
    return Change(place, "a", "b", breaking, "response", "note", rule, pointer, **more)  # type: ignore[arg-type]


def effect(place: str, breaking: bool = False) -> Change:
    return Change(place, "x", "y", breaking, note="it takes less than before" if breaking else "")


def joined(schema: list[Change], python: list[Change]) -> tuple[dict[str, list[str]], list[str]]:
    rows, others = join(schema, python, SURFACE, SURFACE, CLIENT)
    return {row.place: [e.place for e in row.effects] for row in rows}, [change.place for change in others]


def test_a_name_belongs_to_the_field_that_it_is_made_from() -> None:
    names = ["models.MessagesRequest.seed", 'params.MessagesRequest["seed"]', 'params.ParseRequest["seed"]']
    schema = [cause("MessagesRequest.seed"), cause("MessagesRequest.other")]
    assert joined(schema, [effect(name) for name in [*names, "Client.close()"]]) == (
        {"MessagesRequest.seed": names, "MessagesRequest.other": []},
        ["Client.close()"],
    )


def test_an_alias_belongs_to_the_fields_that_mention_it() -> None:
    schema = [cause("Question.role"), cause("Answer.parts")]
    rows, others = joined(schema, [effect("models.Role"), effect("models.Part"), effect("models.TextPart")])
    assert rows == {"Question.role": ["models.Role"], "Answer.parts": ["models.Part", "models.TextPart"]}
    assert others == []


def test_an_alias_belongs_to_the_fields_that_mention_what_it_means() -> None:
    surface = Surface.parse(
        "models.Known: type, Literal['a']\nmodels.Open: type, Literal['a'] | str\nmodels.Answer.reason: field, Open\n"
    )
    (row,), others = join([cause("Answer.reason")], [effect("models.Known")], surface, surface, CLIENT)
    assert ([e.place for e in row.effects], others) == (["models.Known"], [])


def test_a_new_schema_belongs_to_the_row_that_names_it() -> None:
    schema = [cause("Answer.parts", breaking=True), cause("Answer.count", also=("TextPart",))]
    rows, _ = joined(schema, [effect("models.TextPart")])
    assert rows == {"Answer.parts": [], "Answer.count": ["models.TextPart"]}


def test_a_name_of_the_wire_is_joined_with_its_python_name() -> None:
    rows, _ = joined(
        [cause("Answer.serviceTier"), cause("Answer.cache-id")],
        [effect("models.Answer.service_tier"), effect('params.Answer["cache-id"]')],
    )
    assert rows == {
        "Answer.serviceTier": ["models.Answer.service_tier"],
        "Answer.cache-id": ['params.Answer["cache-id"]'],
    }


def test_a_row_breaks_if_a_name_breaks() -> None:
    (row,), _ = join(
        [cause("Question.role")], [effect("models.Question.role", breaking=True)], SURFACE, SURFACE, CLIENT
    )
    assert row.breaking
    assert row.note == "`models.Question.role`: it takes less than before"


def test_what_the_types_already_allow_does_not_break() -> None:
    (row,), _ = join([cause("Answer.count", "field-optional", breaking=True)], [], SURFACE, SURFACE, CLIENT)
    assert (row.breaking, row.note) == (False, COVERED)
    for place, rule in (
        ("Answer.data", "field-optional"),
        ("Answer.gone", "field-optional"),
        ("Answer.count", "other"),
    ):
        (row,), _ = join([cause(place, rule, breaking=True)], [], SURFACE, SURFACE, CLIENT)
        assert row.breaking, place
    for side, rule, breaks in (
        ("both", "field-optional", False),
        ("both", "type-changed", True),
        ("request", "field-optional", True),
    ):
        change = replace(cause("Answer.count", rule, breaking=True), side=side)  # type: ignore[arg-type]
        (row,), _ = join([change], [], SURFACE, SURFACE, CLIENT)
        assert row.breaking == breaks, (side, rule)
    (row,), _ = join(
        [cause("Answer.count", "field-optional", breaking=True)],
        [effect("models.Answer.count", breaking=True)],
        SURFACE,
        SURFACE,
        CLIENT,
    )
    assert row.breaking
