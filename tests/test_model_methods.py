"""The methods that every generated model inherits."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import attrs
import pytest

from baseten_messages_client import Baseten, Message, models
from baseten_messages_client.testing import LocalServer

from .support import HELLO, KEY, message_json

TEXT = {"type": "text", "text": "Grüße", "citations": [{"cited_text": "a", "title": None}], "novel": {"deep": [1]}}
MESSAGE = message_json(content=[TEXT], stop_sequence=None, baseten={"node": 7})


def message() -> Message:
    return Message.from_dict(MESSAGE)


def block() -> models.TextBlock:
    return models.TextBlock.from_dict(TEXT)


@pytest.mark.parametrize("model", [value for value in vars(models).values() if attrs.has(value)])
def test_every_model_has_the_methods_and_stays_small(model: type) -> None:
    for method in ("model_dump", "model_dump_json", "to_json", "json", "dict", "model_copy"):
        assert callable(getattr(model, method))
    assert "__dict__" not in vars(model)


def test_a_dump_is_what_is_on_the_wire() -> None:
    assert message().model_dump() == message().dict() == message().to_dict() == MESSAGE
    assert json.loads(message().model_dump_json()) == json.loads(message().json()) == MESSAGE
    assert json.loads(message().to_json()) == MESSAGE


def test_a_dump_is_the_callers_own() -> None:
    original = block()
    original.model_dump()["novel"]["deep"].append(2)
    assert original.to_dict() == TEXT


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"mode": "json", "exclude_unset": True, "by_alias": True}, TEXT),
        ({"include": {"type", "text"}}, {"type": "text", "text": "Grüße"}),
        ({"exclude": {"citations", "novel"}}, {"type": "text", "text": "Grüße"}),
        ({"exclude_none": True, "exclude": {"novel"}}, {**TEXT, "citations": [{"cited_text": "a"}], "novel": ...}),
    ],
)
def test_a_dump_may_leave_out_keys(options: dict[str, Any], expected: dict[str, Any]) -> None:
    expected = {key: value for key, value in expected.items() if value is not ...}
    assert block().model_dump(**options) == expected
    assert json.loads(block().model_dump_json(**options)) == expected


def test_json_text_is_compact_or_indented() -> None:
    short = models.TextDelta("text_delta", "é")
    assert short.model_dump_json() == '{"type":"text_delta","text":"é"}'
    assert short.model_dump_json(indent=1) == '{\n "type": "text_delta",\n "text": "é"\n}'
    assert short.to_json() == '{\n  "type": "text_delta",\n  "text": "é"\n}'
    assert short.to_json(indent=None) == '{"type": "text_delta", "text": "é"}'


def test_fields_beyond_the_schema_are_attributes() -> None:
    assert getattr(block(), "novel") == {"deep": [1]}  # noqa: B009
    assert getattr(message(), "baseten") == {"node": 7}  # noqa: B009
    assert hasattr(models.UnknownBlock.from_dict({"type": "x", "source": 1}), "source")


@pytest.mark.parametrize("name", ["tex", "additional_property", "__deepcopy__", "_request"])
def test_a_missing_attribute_is_an_attribute_error_that_names_it(name: str) -> None:
    with pytest.raises(AttributeError, match=f"'TextBlock' object has no attribute '{name}'"):
        getattr(block(), name)


def test_a_text_block_without_citations_has_none() -> None:
    assert block().citations == TEXT["citations"]
    assert models.TextBlock("text", "Hi").citations is None
    assert models.TextBlock.from_dict({"type": "text", "text": "", "citations": "odd"}).citations is None


def test_a_copy_may_have_other_values() -> None:
    original = block()
    shallow, deep = original.model_copy(update={"text": "Hi"}), original.model_copy(deep=True)
    assert (original.text, shallow.text, deep) == ("Grüße", "Hi", original)
    deep.additional_properties["novel"]["deep"].append(2)
    assert original.to_dict() == TEXT


def test_a_message_has_its_request_id_under_both_names(server: LocalServer) -> None:
    server.enqueue("Hi.", headers={"x-baseten-request-id": "req_3"})
    with Baseten(api_key=KEY, base_url=server.url) as client:
        answer = client.messages.create(**HELLO)
    assert answer._request_id == answer.request_id == "req_3"
    assert models.MessagesResponse.from_dict(MESSAGE)._request_id is None


def test_models_survive_pickling_and_copying() -> None:
    for each in (block(), message()):
        assert pickle.loads(pickle.dumps(each)) == copy.deepcopy(each) == copy.copy(each) == each


def test_an_event_made_by_hand_says_that_it_has_no_block() -> None:
    with pytest.raises(AttributeError, match="only an event that a stream yields"):
        _ = models.ContentBlockStopEvent("content_block_stop", 0).content_block
    with pytest.raises(AttributeError, match="only an event that a stream yields"):
        _ = models.MessageStopEvent("message_stop").message
