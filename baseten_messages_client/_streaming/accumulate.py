"""Builds the message that the events of a stream describe. It does no I/O and takes linear time.

Source: the wire rules "Accumulating". The indices of content blocks may have gaps. Several blocks may be open at once.
A block may stop late or never, and may grow after its stop. Text is never dropped.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from .._message import normalize_block, parse_input
from .._wire import json as wire_json

_TEXT_FIELD_BY_DELTA = {"text_delta": "text", "thinking_delta": "thinking", "input_json_delta": "partial_json"}
_BLOCK_TYPE_BY_DELTA = {
    "text_delta": "text",
    "citations_delta": "text",
    "thinking_delta": "thinking",
    "signature_delta": "thinking",
    "input_json_delta": "tool_use",
}
_FIELD_BY_DELTA = {**_TEXT_FIELD_BY_DELTA, "citations_delta": "citations", "signature_delta": "signature"}
# No server nests objects this deeply. The limit keeps a hostile server from exhausting the stack.
_MERGE_DEPTH = 20
# A delta is offered to at most this many blocks of one index. A server reuses an index once, if at all.
_MAX_BLOCKS_TRIED = 8
# These keys describe the event itself. Other keys, such as `baseten`, are facts about the message.
_EVENT_KEYS = frozenset({"type", "index", "content_block", "delta", "message", "usage"})
# An event may have its own values for these keys. They must not replace the values of the message.
_IDENTITY_KEYS = frozenset({"id", "model", "role"})
_EVENT_TYPES = frozenset(
    {
        "message_start",
        "content_block_start",
        "content_block_delta",
        "content_block_stop",
        "message_delta",
        "message_stop",
    }
)


class _OwnDict(dict[str, Any]):
    """A dict that the accumulator created and may change. A copy at every event would take quadratic time."""


class _OwnList(list[Any]):
    """A list that the accumulator created and may change; see `_OwnDict`."""


class _Block:
    """A content block that still grows: its fields, and the pieces of its text fields, which are joined later."""

    __slots__ = ("fields", "pieces", "stopped")

    def __init__(self, fields: dict[str, Any]) -> None:
        self.fields = fields
        self.pieces: dict[str, list[str]] = {}
        self.stopped = False

    def append(self, field: str, text: str) -> list[str]:
        """Append text to a field and return all pieces of the field."""
        pieces = self.pieces.get(field)
        if pieces is None:
            # The text in the block's start comes first. Some servers start a tool use with its `input` as text.
            initial = self.fields.get("input" if field == "partial_json" else field)
            pieces = self.pieces[field] = [initial] if isinstance(initial, str) else []
        pieces.append(text)
        return pieces

    def accepts(self, delta_type: str) -> bool:
        """Return whether a delta of this type can belong to this block."""
        block_type = self.fields.get("type")
        if delta_type == "input_json_delta":
            # Blocks of unknown types, such as `server_tool_use`, may have arguments too.
            return block_type not in ("text", "thinking", "tool_result")
        if _BLOCK_TYPE_BY_DELTA.get(delta_type, block_type) == block_type:
            return True
        # A block of an unknown type accepts the delta if it has the field that the delta adds to.
        return (
            block_type not in ("text", "thinking", "tool_use", "tool_result")
            and _FIELD_BY_DELTA[delta_type] in self.fields
        )

    def to_dict(self) -> dict[str, Any]:
        fields = {key: _copy(value) for key, value in self.fields.items()}
        block_type = fields.get("type")
        for field, pieces in self.pieces.items():
            fields["input" if field == "partial_json" else field] = _join_pieces(pieces)
        if "partial_json" in self.pieces or block_type == "tool_use":
            arguments = fields.get("input")
            if isinstance(arguments, str) and arguments.strip():
                fields["input"] = parse_input(arguments)
            elif isinstance(arguments, str):
                # Blank deltas do not change the input in the block's start.
                initial = self.fields.get("input")
                fields["input"] = None if isinstance(initial, str) else initial
            if fields.get("input") is None:
                fields["input"] = {}
        if block_type in ("text", "thinking") and not isinstance(fields.get(block_type), str):
            fields[block_type] = "" if fields.get(block_type) is None else str(fields[block_type])
        return fields


def _join_pieces(pieces: list[str]) -> str:
    text = "".join(pieces)
    pieces[:] = [text]  # The next call then joins only the new pieces.
    return wire_json.join_surrogates(text)


class Accumulator:
    """Builds one message from its events, which are the dicts in their JSON, added in the order of arrival."""

    def __init__(self) -> None:
        self.begun = False
        self.has_delta = False
        self.stopped = False
        self._fields: dict[str, Any] = {}
        self._usage: dict[str, Any] = {}
        # The blocks of each index, oldest first. A server may reuse an index for a block of another type.
        self._blocks: dict[int, list[_Block]] = {}
        self._last_index = 0
        self.last_delta: tuple[Any, str, list[str]] | None = None
        """Where the last event added its text, or None if it was not a text delta.

        The parts are the block index, the delta type and the pieces of the text. If the next event is the same type of
        delta for the same block, the reader appends its text to the pieces itself.
        """

    @property
    def complete(self) -> bool:
        """Whether the message ended correctly: both a `message_delta` and a `message_stop` have arrived."""
        return self.stopped and self.has_delta

    def add(self, event: dict[str, Any]) -> None:
        """Add one event. The caller must handle errors and pings itself."""
        self.begun = True
        self.last_delta = None
        event_type = event.get("type")
        if event_type not in _EVENT_TYPES:
            return  # What it means is not known, so neither its usage nor its content is the message's.
        delta = event.get("delta")
        if event_type == "content_block_delta" and isinstance(delta, dict):
            self._add_delta(self._index(event), delta)
            if len(event) == 3:
                return  # The keys are type, index and delta.
        elif event_type == "content_block_start":
            self._start_block(self._index(event), event.get("content_block"))
        elif event_type == "content_block_stop":
            if blocks := self._blocks.get(self._index(event)):
                blocks[-1].stopped = True
        elif event_type == "message_delta":
            self.has_delta = True
            if isinstance(delta, dict):
                self._merge_message(delta)
        elif event_type == "message_stop":
            self.stopped = True
        message = event.get("message")
        if isinstance(message, dict):
            self._merge_message(message)
        self._merge_usage(event.get("usage"))
        for key, value in event.items():
            if key not in _EVENT_KEYS and (key not in _IDENTITY_KEYS or key not in self._fields):
                _merge(self._fields, key, value)

    def to_dict(self) -> dict[str, Any]:
        """Return the message so far, in the form of a whole response."""
        blocks = [block.to_dict() for index in sorted(self._blocks) for block in self._blocks[index]]
        fields = {key: _copy(value) for key, value in self._fields.items()}
        return {**fields, "content": blocks, "usage": dict(self._usage)}

    def block(self, index: int) -> dict[str, Any]:
        """Return the newest block of an index, as it is so far."""
        blocks = self._blocks.get(index)
        return blocks[-1].to_dict() if blocks else {"type": "unknown"}

    def _index(self, event: dict[str, Any]) -> int:
        """Return the index of an event's block and write it into the event.

        An event without a usable index gets the last index that was used.
        """
        index = event.get("index")
        if isinstance(index, int | float | str):
            with suppress(OverflowError, ValueError):
                self._last_index = int(index)
        event["index"] = self._last_index
        return self._last_index

    def _start_block(self, index: int, content: Any) -> None:
        if content is None:
            return  # The deltas will create the block.
        if not isinstance(content, dict):
            content = normalize_block(content)
        blocks = self._blocks.setdefault(index, [])
        if blocks and not blocks[-1].pieces and not blocks[-1].stopped and blocks[-1].fields == content:
            return  # The server repeated the start.
        blocks.append(_Block(dict(content)))

    def _add_delta(self, index: int, delta: dict[str, Any]) -> None:
        delta_type = delta.get("type")
        if not isinstance(delta_type, str):
            delta_type = ""
        blocks = self._blocks.setdefault(index, [])
        block = next((block for block in blocks[: -_MAX_BLOCKS_TRIED - 1 : -1] if block.accepts(delta_type)), None)
        if block is None:
            block = _Block(
                {"type": _BLOCK_TYPE_BY_DELTA.get(delta_type) or delta_type.removesuffix("_delta") or "unknown"}
            )
            blocks.append(block)
        field = _TEXT_FIELD_BY_DELTA.get(delta_type)
        if field is not None and len(delta) == 2 and isinstance(text := delta.get(field), str):
            self.last_delta = (index, delta_type, block.append(field, text))
        else:
            self._add_other(block, delta_type, delta)

    def _add_other(self, block: _Block, delta_type: str, delta: dict[str, Any]) -> None:
        for key, value in delta.items():
            if key == "type":
                continue
            if key == "citation" and delta_type == "citations_delta":
                _merge(block.fields, "citations", [value])
            elif key == "signature" and isinstance(value, str):
                block.fields[key] = value or block.fields.get(key, value)
            elif isinstance(value, str) and isinstance(block.fields.get(key, ""), str | None):
                block.append(key, value)
            else:
                _merge(block.fields, key, value)

    def _merge_message(self, message: dict[str, Any]) -> None:
        for key, value in message.items():
            if key == "content":
                for index, block in enumerate(value if isinstance(value, list) else [value]):
                    if index not in self._blocks:
                        self._start_block(index, block)
            elif key == "usage":
                self._merge_usage(value)
            elif value is not None or key not in self._fields:
                self._fields[key] = value

    def _merge_usage(self, usage: Any) -> None:
        # Counts are cumulative, so the last one is right. A sum would count the prompt twice.
        if isinstance(usage, dict):
            for key, value in usage.items():
                if value is not None or key not in self._usage:
                    self._usage[key] = value


def _merge(target: dict[str, Any], key: str, value: Any, depth: int = _MERGE_DEPTH) -> None:
    """Merge a value into `target`. Objects are merged, lists are extended, null is ignored, other values replace."""
    present = target.get(key)
    if isinstance(present, dict) and isinstance(value, dict) and depth:
        if not isinstance(present, _OwnDict):
            present = target[key] = _OwnDict(present)
        for inner, inner_value in value.items():
            _merge(present, inner, inner_value, depth - 1)
    elif isinstance(present, list) and isinstance(value, list):
        if not isinstance(present, _OwnList):
            present = target[key] = _OwnList(present)
        present += value
    elif value is not None or key not in target:
        target[key] = value


def _copy(value: Any) -> Any:
    """Return a value that is safe to hand out: anything that the accumulator may still change is copied."""
    if isinstance(value, _OwnDict):
        return {key: _copy(inner) for key, inner in value.items()}
    if isinstance(value, _OwnList):
        return list(value)
    return wire_json.join_surrogates(value) if isinstance(value, str) else value
