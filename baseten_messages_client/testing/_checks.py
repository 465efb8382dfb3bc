"""Checks of requests: the published schema, and rules that a schema cannot express."""

import importlib.resources
import json
from itertools import groupby
from typing import Any

# A message may quote what was sent, and an image is long.
_LONGEST_MESSAGE = 300

# The names of the tools that the service runs itself begin with this.
_HOSTED_PREFIX = "baseten__"


class RefusedError(Exception):
    """The service refuses a request.

    Args:
        status: HTTP status code.
        error_type: Type of the error, such as `invalid_request_error`.
        message: What is wrong.
    """

    def __init__(self, status: int, error_type: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.error_type = error_type


def invalid(message: str) -> RefusedError:
    """Make the refusal of a malformed request."""
    return RefusedError(400, "invalid_request_error", message)


class RequestChecker:
    """Checks requests against the patched schema that ships with the package.

    Args:
        strict: Whether to refuse fields that the schema does not know.
    """

    def __init__(self, strict: bool) -> None:
        from jsonschema import Draft202012Validator

        # Through the top package: importing `_generated` itself would load the whole generated client.
        resource = importlib.resources.files("baseten_messages_client") / "_generated" / "schema.json"
        document = json.loads(resource.read_text(encoding="utf-8"), object_hook=None if strict else _open_schema)
        self._check_schema = Draft202012Validator.check_schema
        self._validator = Draft202012Validator(
            {"$ref": "#/components/schemas/MessagesRequest", "components": document["components"]}
        )

    def check(self, request: Any) -> None:
        """Refuse a request that the real service would refuse.

        Args:
            request: The parsed body.

        Raises:
            RefusedError: The message begins with the path of the field at fault.
        """
        if not isinstance(request, dict):
            raise invalid("body: must be a JSON object")
        if not isinstance(request.get("stream", False), bool):
            raise invalid(f"stream: {shorten(repr(request['stream']))} is not a boolean")
        self._check_fields({key: value for key, value in request.items() if key != "stream"})
        self._check_tools(request)
        _check_turns(request["messages"])

    def _check_fields(self, fields: dict[str, Any]) -> None:
        """Check the body against the schema."""
        from jsonschema.exceptions import relevance

        errors = list(self._validator.iter_errors(fields))
        if errors:
            raise invalid(_describe(max(errors, key=relevance)))

    def _check_tools(self, request: dict[str, Any]) -> None:
        """Check that tools have distinct names and valid schemas, and include the chosen tool."""
        from jsonschema.exceptions import SchemaError

        names: set[str] = set()
        for index, tool in enumerate(request.get("tools", [])):
            name = tool_name(tool)
            if name in names:
                raise invalid(f"tools[{index}].name: {name!r} is also the name of another tool")
            names.add(name)
            try:
                self._check_schema(tool.get("input_schema", {}))
            except SchemaError as error:
                raise invalid(f"tools[{index}].input_schema: {shorten(error.message)}") from None

        choice = request.get("tool_choice", {})
        if choice.get("type") == "any" and not names:
            raise invalid("tool_choice: 'any' needs tools to choose from")
        if choice.get("type") == "tool" and choice["name"] not in names:
            raise invalid(f"tool_choice.name: no tool has the name {choice['name']!r}")


def _open_schema(schema: dict[str, Any]) -> dict[str, Any]:
    """Let a schema allow fields that it does not know."""
    return {key: value for key, value in schema.items() if (key, value) != ("additionalProperties", False)}


def tool_name(tool: dict[str, Any]) -> str:
    """Return the name of a tool. The name of a hosted tool is its type."""
    return str(tool.get("name") or tool["type"])


def blocks_of(content: Any, block_type: str) -> list[dict[str, Any]]:
    """List the blocks of one type in a message's content. Plain text has no blocks."""
    return [block for block in content if block["type"] == block_type] if isinstance(content, list) else []


def _check_turns(messages: list[dict[str, Any]]) -> None:
    """Check that the user speaks and that every tool call has its result.

    The last message may be from the assistant: the answer continues it. It may have calls of hosted tools that have no
    results yet, since the service runs them when it continues a paused turn.
    """
    if not messages:
        raise invalid("messages: must hold at least one message")
    if all(message["role"] != "user" for message in messages):
        raise invalid("messages: must hold at least one message from the user")

    open_calls: list[dict[str, Any]] = []
    first = 0
    for role, group in groupby(enumerate(messages), key=lambda item: item[1]["role"]):
        # Adjacent messages with the same role are one turn.
        turn = list(group)
        first = turn[0][0]
        open_calls += [call for _, message in turn for call in blocks_of(message["content"], "tool_use")]
        results = [
            (index, result["tool_use_id"])
            for index, message in turn
            for result in blocks_of(message["content"], "tool_result")
        ]
        for index, call_id in results:
            call = next((call for call in open_calls if call["id"] == call_id), None)
            if call is None:
                raise invalid(f"messages[{index}].content: no tool_use needs a result with the id {call_id!r}")
            open_calls.remove(call)
        if role == "user":
            _refuse_open_calls(open_calls, first)
    _refuse_open_calls([call for call in open_calls if not call["name"].startswith(_HOSTED_PREFIX)], first)


def _refuse_open_calls(calls: list[dict[str, Any]], position: int) -> None:
    """Refuse tool calls that have no result.

    Args:
        calls: The calls.
        position: The first message of the turn that lacks the results.
    """
    if calls:
        ids = ", ".join(call["id"] for call in calls)
        raise invalid(f"messages[{position}].content: no tool_result for the tool_use {ids}")


def _describe(error: Any) -> str:
    """Describe what is wrong, starting with the path of the field."""
    while error.context and error.validator in ("anyOf", "oneOf"):
        by_member = groupby(error.context, key=lambda problem: problem.relative_schema_path[0])
        members = [list(problems) for _, problems in by_member]
        if all(_has_wrong_json_type(problems) for problems in members):
            names = " or ".join(dict.fromkeys(problems[0].validator_value for problems in members))
            return f"{_path(error)}: {shorten(repr(error.instance))} is not of type {names}"
        error = min(members, key=_distance)[0]

    field = ""
    if error.validator == "required":
        field = next(name for name in error.validator_value if name not in error.instance)
    elif error.validator == "additionalProperties":
        field = next(name for name in error.instance if name not in error.schema["properties"])
    return f"{_path(error, field)}: {shorten(error.message)}"


def _path(error: Any, field: str = "") -> str:
    """Return the path of the field, such as `messages[0].content`."""
    return f"{error.json_path}.{field}".removeprefix("$").strip(".") or "body"


def _distance(problems: list[Any]) -> tuple[bool, bool, int]:
    """Rank a union's member by how far the value is from it: wrong JSON type, wrong `type` field, more problems."""
    has_wrong_type_field = any(
        list(problem.relative_path) == ["type"] or (problem.validator == "required" and "'type'" in problem.message)
        for problem in problems
    )
    return _has_wrong_json_type(problems), has_wrong_type_field, len(problems)


def _has_wrong_json_type(problems: list[Any]) -> bool:
    """Return whether a union's member expects another JSON type than the value has."""
    return any(problem.validator == "type" and not problem.relative_path for problem in problems)


def shorten(text: str) -> str:
    """Shorten a long text."""
    return text if len(text) <= _LONGEST_MESSAGE else text[: _LONGEST_MESSAGE - 1] + "…"
