"""From a stream's events to the message that they describe: no I/O, linear in the stream's length.

Source: rules "Accumulating" of the wire. Blocks may have gaps in their indices, be open side by side, stop late or
never, and grow after their stop; nothing that carries text is ever dropped.
"""

from __future__ import annotations

from typing import Any

from . import _json

_TEXT_FIELDS = {"text_delta": "text", "thinking_delta": "thinking", "input_json_delta": "partial_json"}
_BLOCK_TYPES = {
    "text_delta": "text",
    "citations_delta": "text",
    "thinking_delta": "thinking",
    "signature_delta": "thinking",
    "input_json_delta": "tool_use",
}
# Keys of an event that say what it does; the others, such as `baseten`, are facts about the message.
_EVENT_KEYS = frozenset({"type", "index", "content_block", "delta", "message", "usage"})
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


class _Block:
    """A content block while it grows: its fields, and for text fields the pieces still to be joined."""

    __slots__ = ("fields", "pieces")

    def __init__(self, fields: dict[str, Any]) -> None:
        self.fields = fields
        self.pieces: dict[str, list[str]] = {}

    def append(self, field: str, text: str) -> list[str]:
        """Add text to a field and return the field's pieces."""
        pieces = self.pieces.get(field)
        if pieces is None:
            # What the block started with comes first. A tool use starts with an `input`, as text on some servers.
            seed = self.fields.get("input" if field == "partial_json" else field)
            pieces = self.pieces[field] = [seed] if isinstance(seed, str) else []
        pieces.append(text)
        return pieces

    def takes(self, delta_type: str) -> bool:
        """Whether a delta of this type can be meant for this block."""
        kind = self.fields.get("type")
        if delta_type == "input_json_delta":
            # Blocks that this version does not know may have arguments too, such as `server_tool_use`.
            return kind not in ("text", "thinking", "tool_result")
        return _BLOCK_TYPES.get(delta_type, kind) == kind

    def to_dict(self) -> dict[str, Any]:
        fields = dict(self.fields)
        for field, pieces in self.pieces.items():
            text = _whole_text(pieces)
            if field != "partial_json":
                fields[field] = text
            elif text.strip():
                fields["input"] = _parse_input(text)
        if fields.get("type") == "tool_use" and fields.get("input") in (None, ""):
            fields["input"] = {}
        return fields


def _whole_text(pieces: list[str]) -> str:
    text = "".join(pieces)
    pieces[:] = [text]  # A second look at a growing message joins only what is new.
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            # A server cut between two UTF-16 units: joined they are a character again, alone they are none.
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _parse_input(text: str) -> Any:
    """Return a tool's arguments, or the text itself if it is no JSON object: it must not pass for an empty one."""
    try:
        value = _json.decode(text)
    except ValueError:
        return text
    return value if isinstance(value, dict) else text


class Accumulator:
    """Builds one message from events, given as the dicts that their JSON holds, in the order of their arrival."""

    def __init__(self) -> None:
        self.begun = False
        self.has_delta = False
        self.stopped = False
        self._fields: dict[str, Any] = {}
        self._usage: dict[str, Any] = {}
        # By index, oldest first: a server may reuse an index for a block of another type.
        self._blocks: dict[int, list[_Block]] = {}
        self._last_index = 0
        self.run: tuple[Any, str, list[str]] | None = None
        """Where the last delta went, for a caller that appends the like of it: index, type, and the text's pieces."""

    @property
    def complete(self) -> bool:
        """Whether the message ended as it should: with a `message_delta` and a `message_stop`."""
        return self.stopped and self.has_delta

    def add(self, event: dict[str, Any]) -> None:
        """Take one event; errors and pings are not its business."""
        self.begun = True
        self.run = None
        kind = event.get("type")
        delta = event.get("delta")
        if kind == "content_block_delta" and isinstance(delta, dict):
            self._add_delta(self._index(event), delta)
            if len(event) == 3:
                return
        elif kind == "content_block_start":
            self._start_block(self._index(event), event.get("content_block"))
        elif kind == "message_delta":
            self.has_delta = True
            if isinstance(delta, dict):
                self._merge_message(delta)
        elif kind == "message_stop":
            self.stopped = True
        message = event.get("message")
        if isinstance(message, dict):
            self._merge_message(message)
        self._merge_usage(event.get("usage"))
        if kind in _EVENT_TYPES:
            for key in event.keys() - _EVENT_KEYS:
                _merge(self._fields, key, event[key])

    def to_dict(self) -> dict[str, Any]:
        """Return the message as it stands, in the form of a whole response."""
        blocks = [block.to_dict() for index in sorted(self._blocks) for block in self._blocks[index]]
        return {**self._fields, "content": blocks, "usage": dict(self._usage)}

    def _index(self, event: dict[str, Any]) -> int:
        index = event.get("index")
        if isinstance(index, int):
            self._last_index = index
        return self._last_index

    def _start_block(self, index: int, content: Any) -> None:
        if not isinstance(content, dict):
            return  # Its deltas will make the block.
        blocks = self._blocks.setdefault(index, [])
        if blocks and not blocks[-1].pieces and blocks[-1].fields == content:
            return  # The same start once more.
        blocks.append(_Block(dict(content)))

    def _add_delta(self, index: int, delta: dict[str, Any]) -> None:
        kind = delta.get("type")
        if not isinstance(kind, str):
            kind = ""
        blocks = self._blocks.get(index)
        block = next((block for block in reversed(blocks) if block.takes(kind)), None) if blocks else None
        if block is None:
            block = _Block({"type": _BLOCK_TYPES.get(kind) or kind.removesuffix("_delta") or "unknown"})
            self._blocks.setdefault(index, []).append(block)
        field = _TEXT_FIELDS.get(kind)
        if field is not None and len(delta) == 2 and isinstance(text := delta.get(field), str):
            self.run = (index, kind, block.append(field, text))
        elif kind == "signature_delta" and isinstance(delta.get("signature"), str):
            block.fields["signature"] = delta["signature"]
        else:
            self._add_other(block, kind, delta)

    def _add_other(self, block: _Block, kind: str, delta: dict[str, Any]) -> None:
        if kind == "citations_delta" and "citation" in delta:
            citations = block.fields.get("citations")
            block.fields["citations"] = [*(citations if isinstance(citations, list) else []), delta["citation"]]
            return
        for key, value in delta.items():
            if key == "type":
                continue
            if isinstance(value, str) and isinstance(block.fields.get(key, ""), str | None):
                block.append(key, value)
            else:
                _merge(block.fields, key, value)

    def _merge_message(self, message: dict[str, Any]) -> None:
        for key, value in message.items():
            if key == "content":
                for index, block in enumerate(value if isinstance(value, list) else []):
                    if index not in self._blocks:
                        self._start_block(index, block)
            elif key == "usage":
                self._merge_usage(value)
            elif value is not None or key not in self._fields:
                self._fields[key] = value

    def _merge_usage(self, usage: Any) -> None:
        # Counts are cumulative, so the last one holds; summing them would count the prompt twice.
        if isinstance(usage, dict):
            for key, value in usage.items():
                if value is not None or key not in self._usage:
                    self._usage[key] = value


def _merge(target: dict[str, Any], key: str, value: Any) -> None:
    """Put a value into `target`: objects are merged, lists continued, null changes nothing, others are replaced."""
    present = target.get(key)
    if isinstance(present, dict) and isinstance(value, dict):
        merged = target[key] = dict(present)
        for inner, inner_value in value.items():
            _merge(merged, inner, inner_value)
    elif isinstance(present, list) and isinstance(value, list):
        target[key] = present + value
    elif value is not None or key not in target:
        target[key] = value
