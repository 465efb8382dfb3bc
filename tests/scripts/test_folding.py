"""Python changes that say the same are one row."""

from __future__ import annotations

from diff import surface_diff
from diff.client import Client
from diff.folding import folded

CLIENT = Client("/v1/messages", "MessagesRequest", ("ParseRequest", "ToolRunnerRequest"))
EMPTY = "models: module\n"
BLOCK = EMPTY + (
    "models.New is received\n"
    "models.New.additional_properties: attribute, dict[str, Any] = ...\n"
    "models.New.type: field, Literal['new']\n"
    "models.New.url: field, str | None = None\n"
    "models.New: class()\n"
)


def rows(old: str, new: str) -> list[tuple[str, str, str]]:
    return [(change.place, change.old, change.new) for change in folded(surface_diff.compare(old, new), CLIENT)]


def test_a_new_class_is_one_row() -> None:
    whole = "class(type: Literal['new'], url: str | None = None)"
    assert rows(EMPTY, BLOCK) == [("models.New", "", whole)]
    assert rows(BLOCK, EMPTY) == [("models.New", whole, "")]


def test_a_new_typed_dict_is_one_row() -> None:
    new = 'params.New: TypedDict()\nparams.New["type"]: required, str\nparams.New["url"]: optional, str\n'
    assert rows(EMPTY, EMPTY + new) == [("params.New", "", "TypedDict(type: str, url?: str)")]


def test_a_new_function_and_a_new_method_are_one_row_each() -> None:
    new = "go(): function, str\ngo(text): any, str = ''\nClient.go(): async function, None\n"
    assert rows("Client: class()\n", "Client: class()\n" + new) == [
        ("Client.go()", "", "async function, None"),
        ("go", "", "function(text: str = '') -> str"),
    ]


def test_a_method_of_a_known_class_keeps_its_row() -> None:
    assert rows("A: class()\n", "A: class()\nA.b: property, int\n") == [("A.b", "", "property, int")]


def test_copies_of_the_request_are_folded_into_it_unless_they_differ() -> None:
    names = ("MessagesRequest", "ParseRequest", "ToolRunnerRequest")
    old = "".join(f"params.{name}: TypedDict()\n" for name in names)
    new = old + "".join(f'params.{name}["seed"]: optional, int\n' for name in names)
    (change,) = folded(surface_diff.compare(old, new), CLIENT)
    assert change.place == 'params.MessagesRequest["seed"]'
    assert change.also == ('params.ParseRequest["seed"]', 'params.ToolRunnerRequest["seed"]')
    assert (
        len(rows(old, new.replace('ParseRequest["seed"]: optional, int', 'ParseRequest["seed"]: optional, str'))) == 2
    )


def test_overloads_and_the_async_client_are_folded_into_the_first() -> None:
    places = ("messages.Messages.create[1]", "messages.Messages.create[2]", "_async_messages.AsyncMessages.create[1]")
    old = "".join(f"{place}(): function, str\n" for place in places)
    new = old + "".join(f"{place}(seed): keyword, int = 1\n" for place in places)
    (change,) = folded(surface_diff.compare(old, new), CLIENT)
    assert len(change.also) == 2


def test_a_folded_row_breaks_if_any_of_its_parts_does() -> None:
    (change,) = folded(surface_diff.compare(BLOCK, EMPTY), CLIENT)
    assert change.breaking


def test_which_requests_are_copies_is_configuration() -> None:
    client = Client.of({"x-client": {"request": "ChatParams", "request-copies": ["ParseParams"]}})
    names = ("ChatParams", "ParseParams")
    old = "".join(f"params.{name}: TypedDict\n" for name in names)
    new = old + "".join(f'params.{name}["seed"]: optional, int\n' for name in names)
    (change,) = folded(surface_diff.compare(old, new), client)
    assert (change.place, change.also) == ('params.ChatParams["seed"]', ('params.ParseParams["seed"]',))
    assert len(folded(surface_diff.compare(old, new), Client.of({}))) == 2
