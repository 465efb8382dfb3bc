"""Helper events: what an event adds to its block, told by itself. `messages.stream` yields each after its event.

They are not part of the wire. They have the names and attributes that users of the Messages format know from SDKs.
"""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

import msgspec

from .. import models
from .._wire.json import join_surrogates


class _Growing(msgspec.Struct):
    """What the helper events of a growing text share: the pieces of the whole block, which are joined when asked."""

    _pieces: list[str]
    _count: int

    def _joined(self) -> str:
        return join_surrogates("".join(self._pieces[: self._count]))

    def __repr__(self) -> str:
        shown = (name for name in self.__struct_fields__ if name[0] != "_")
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"


class TextEvent(_Growing):
    """A text block grew.

    Attributes:
        type: Always `text`.
        text: The new text.
    """

    text: str
    type: Literal["text"] = "text"

    @property
    def snapshot(self) -> str:
        """The text of the block so far. It is joined at every access, which takes time that grows with the text."""
        return self._joined()


class ThinkingEvent(_Growing):
    """A thinking block grew.

    Attributes:
        type: Always `thinking`.
        thinking: The new text.
    """

    thinking: str
    type: Literal["thinking"] = "thinking"

    @property
    def snapshot(self) -> str:
        """The text of the block so far. It is joined at every access."""
        return self._joined()


class InputJsonEvent(_Growing):
    """The input of a tool call grew.

    Attributes:
        type: Always `input_json`.
        partial_json: The new piece of JSON text.
    """

    partial_json: str
    type: Literal["input_json"] = "input_json"

    @property
    def snapshot(self) -> Any:
        """The input so far, without what is cut in the middle. It is parsed at every access. `{}` at the beginning."""
        from .partial_json import parse_partial  # Here, because few programs read it.

        value = parse_partial(self._joined())
        return {} if value is None else value


class SignatureEvent(msgspec.Struct):
    """A thinking block got its signature.

    Attributes:
        type: Always `signature`.
        signature: The opaque text that the service checks when the block is sent back.
    """

    signature: str
    type: Literal["signature"] = "signature"


class CitationEvent(msgspec.Struct):
    """A text block got a source.

    Attributes:
        type: Always `citation`.
        citation: The source, as plain JSON data.
        snapshot: All sources of the block so far.
    """

    citation: Any
    snapshot: list[Any]
    type: Literal["citation"] = "citation"


HelperEvent: TypeAlias = TextEvent | ThinkingEvent | InputJsonEvent | SignatureEvent | CitationEvent
"""An event that `messages.stream` adds to those of the service."""

StreamEvent: TypeAlias = models.StreamEvent | HelperEvent
"""Any event that a stream yields. Its `type` names the type of the event. Error events are raised as exceptions."""


class HelperEvents:
    """Makes the helper events of one stream. Its `after` must be called with every event, in order."""

    def __init__(self) -> None:
        # The pieces of each block, by its index.
        self._text: dict[int, list[str]] = {}
        self._thinking: dict[int, list[str]] = {}
        self._input: dict[int, list[str]] = {}
        self._citations: dict[int, list[Any]] = {}

    def after(self, event: models.StreamEvent) -> HelperEvent | None:
        """Return the helper event to yield after an event, or None. It runs once per token, so it must be fast."""
        if type(event) is models.ContentBlockDeltaEvent:
            delta = event.delta
            if type(delta) is models.TextDelta:
                pieces = self._text.get(event.index) or self._text.setdefault(event.index, [])
                pieces.append(delta.text)
                return TextEvent(pieces, len(pieces), delta.text)
            if type(delta) is models.InputJsonDelta:
                pieces = self._input.get(event.index) or self._input.setdefault(event.index, [])
                pieces.append(delta.partial_json)
                return InputJsonEvent(pieces, len(pieces), delta.partial_json)
            if type(delta) is models.ThinkingDelta:
                pieces = self._thinking.get(event.index) or self._thinking.setdefault(event.index, [])
                pieces.append(delta.thinking)
                return ThinkingEvent(pieces, len(pieces), delta.thinking)
            if type(delta) is models.SignatureDelta:
                return SignatureEvent(delta.signature)
            if type(delta) is models.CitationsDelta:
                citations = self._citations.setdefault(event.index, [])
                citations.append(delta.citation)
                return CitationEvent(delta.citation, [*citations])
        elif type(event) is models.ContentBlockStartEvent:
            return self._after_start(event)
        return None

    def _after_start(self, event: models.ContentBlockStartEvent) -> HelperEvent | None:
        """Some servers start a block with its text. A program that reads only helper events must get that too."""
        block = event.content_block
        if isinstance(block, models.TextBlock) and isinstance(block.text, str) and block.text:
            return TextEvent(self._text.setdefault(event.index, [block.text]), 1, block.text)
        if isinstance(block, models.ThinkingBlock) and isinstance(block.thinking, str) and block.thinking:
            return ThinkingEvent(self._thinking.setdefault(event.index, [block.thinking]), 1, block.thinking)
        return None
