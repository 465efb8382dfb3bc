"""Have a conversation with a local server: what the client must still do with every edition of the schema.

    python scripts/conversation.py FOLDER     with the package in this folder

A call, a stream with reasoning and a tool call, and a call that sends the first turn and a tool's result back. The
requests and replies also hold what the schema has beyond what the client is written for, such as a new required field.
"""

from __future__ import annotations

import contextlib
import copy
import importlib
import json
import sys
from pathlib import Path
from typing import Any

from schema.paths import PACKAGE, SERVED

# The fields of the request that this conversation sets, or that exclude each other.
OWN_FIELDS = frozenset(
    {"model", "messages", "max_tokens", "system", "temperature", "top_p", "top_k", "stop_sequences", "stream", "tools"}
    | {"tool_choice", "metadata", "thinking", "baseten"}
)
USER = {"role": "user", "content": [{"type": "text", "text": "How warm is it in Paris?"}]}
TOOL = {"name": "weather", "input_schema": {"type": "object", "properties": {"city": {"type": "string"}}}}
CALL = {"type": "tool_use", "id": "call_1", "name": "weather", "input": {"city": "Paris"}}
THOUGHT = {"type": "thinking", "thinking": "A tool knows.", "signature": "opaque"}
TEXT = {"type": "text", "text": "Let me look."}
LATER_BLOCK = {"type": "block_of_a_later_edition", "value": [1, None]}


class Samples:
    """Completes objects with what the schema has beyond them."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document
        self._examples = importlib.import_module(f"{PACKAGE}.testing._examples")

    def complete(self, name: str, value: dict[str, Any], is_received: bool = False) -> dict[str, Any]:
        """Return an object with the required fields of its schema, and in answers with all fields."""
        schema = self._document["components"]["schemas"].get(name) or {}
        result = copy.deepcopy(value)
        for field, field_schema in (schema.get("properties") or {}).items():
            if field not in result and (is_received or field in schema.get("required", [])):
                self._add(result, field, field_schema)
        return result

    def new_fields(self, name: str, known: frozenset[str]) -> dict[str, Any]:
        """Return a value for each field of a schema that is not known."""
        schema = self._document["components"]["schemas"][name]
        result: dict[str, Any] = {}
        for field, field_schema in schema["properties"].items():
            if field not in known or (field in schema.get("required", []) and field not in ("model", "messages")):
                self._add(result, field, field_schema)
        return result

    def choice(self, name: str, field: str, usual: str) -> str:
        """Return the first value that a field of a schema lists, or the usual one if it lists none."""
        schema = self._document["components"]["schemas"][name]["properties"].get(field) or {}
        while "$ref" in schema:
            schema = self._document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        values = schema.get("enum") or ()
        return usual if not values or usual in values else str(values[0])

    def required(self, name: str, value: dict[str, Any]) -> dict[str, Any]:
        """Return an object without the fields that its schema does not require."""
        needed = self._document["components"]["schemas"][name].get("required", ())
        return {field: part for field, part in value.items() if field in needed}

    def _add(self, result: dict[str, Any], field: str, schema: dict[str, Any]) -> None:
        # What is too unusual to guess is left out. If the field is required, the server says so.
        with contextlib.suppress(self._examples.NoExampleError):
            result[field] = self._examples.example({**schema, "components": self._document["components"]}, field)


def talk(document: dict[str, Any]) -> None:
    """Talk, with the package that is on the path.

    Raises:
        AssertionError: The client lost or changed something.
    """
    package = importlib.import_module(PACKAGE)
    testing = importlib.import_module(f"{PACKAGE}.testing")
    wire_names = importlib.import_module(f"{PACKAGE}._generated.wire_names").WIRE_NAMES
    samples = Samples(document)
    blocks = [
        samples.complete("ThinkingBlock", THOUGHT),
        samples.complete("TextBlock", TEXT),
        samples.complete("ToolUseBlock", CALL),
    ]
    message = {"id": "m", "type": "message", "role": "assistant", "model": "m", "stop_sequence": None}
    usage = samples.complete("Usage", {"input_tokens": 1, "output_tokens": 2})
    message = samples.complete("MessagesResponse", {**message, "usage": usage}, is_received=True)
    call = {**message, "stop_reason": "tool_use", "content": blocks, "field_of_a_later_edition": {"a": 1}}
    end = {**message, "stop_reason": "end_turn", "content": [TEXT, LATER_BLOCK]}
    user = samples.complete("InputMessage", USER)
    extra = samples.new_fields("MessagesRequest", OWN_FIELDS)
    model = samples.choice("MessagesRequest", "model", "zai-org/GLM-5.2")
    body = {"model": model, "max_tokens": 16, **extra, "messages": [user]}
    body["tools"] = [samples.complete("ToolDefinition", TOOL)]
    keywords = {name: attribute for attribute, name in wire_names.get("MessagesRequest", {}).items()}
    fields = {keywords.get(name, name): value for name, value in body.items()}
    with testing.LocalServer() as server, package.Baseten(api_key="any", base_url=server.url, max_retries=0) as client:
        server.enqueue(call, repeat=2)
        server.enqueue(end)
        first = client.messages.create(**fields)
        _same(server.requests[-1].json, body, "the request")
        _same(first.to_dict(), call, "the message")
        _same((first.text, [block.name for block in first.tool_calls]), (TEXT["text"], ["weather"]), "text and calls")
        with client.messages.stream(**fields, thinking={"type": "enabled", "budget_tokens": 16}) as stream:
            unknown = [event.type for event in stream if type(event) is package.models.UnknownEvent]
            streamed = stream.get_final_message()
        _same(unknown, [], "the events that are not known")
        _same(streamed.to_dict()["content"], blocks, "the streamed content")
        result = samples.complete("ToolResultBlock", {"type": "tool_result", "tool_use_id": "call_1", "content": "20"})
        answer = samples.complete("InputMessage", {"role": "user", "content": [result]})
        turns = [user, samples.complete("InputMessage", first.to_param()), answer]
        last = client.messages.create(**{**fields, "messages": turns})
        _same(server.requests[-1].json, {**body, "messages": turns}, "the second request")
        _same(last.to_dict(), end, "the second message")
        server.enqueue(end)
        least = samples.required("MessagesRequest", body)
        client.messages.create(**{keywords.get(name, name): value for name, value in least.items()})
        _same(server.requests[-1].json, least, "the request with what is required")
        server.enqueue(end)
        client.messages.create(package.models.MessagesRequest.from_dict(body))
        _same(server.requests[-1].json, body, "the request that is a model")


def _same(actual: Any, expected: Any, what: str) -> None:
    if actual != expected:
        raise AssertionError(f"{what}: {actual!r:.150} instead of {expected!r:.150}")


def outcome(folder: Path) -> str:
    """Talk with the package in a folder, which is on the path; return what went wrong, or an empty text."""
    document = json.loads((folder / SERVED).read_text(encoding="utf-8"))
    try:
        talk(document)
    except Exception as error:  # Whatever it is, the edition does not work.
        return f"{type(error).__name__}: {' '.join(str(error).split())[:400]}"
    return ""


def main(arguments: list[str] | None = None) -> int:
    folder = Path((arguments or sys.argv[1:])[0])
    sys.path.insert(0, str(folder))
    found = outcome(folder)
    if found:
        print(found, file=sys.stderr)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
