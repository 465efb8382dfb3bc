"""Methods that models and streams inherit. In `openapi-overlay.yaml`, `base-classes` says which model has which.

`to_dict` and `from_dict` are generated. The methods here have the names that pydantic models have, so a program that
was written for those finds them.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any, Self, TypeAlias

import attrs

if TYPE_CHECKING:
    from . import models
    from ._message import Message

JSONObject: TypeAlias = dict[str, Any]
"""`dict` is the name of a method below."""


class ModelMethods:
    """Methods of every model."""

    __slots__ = ()

    if TYPE_CHECKING:
        additional_properties: JSONObject

        @classmethod
        def from_dict(cls, src_dict: Any) -> Self:
            """Return the model of an object as it is on the wire."""
            raise NotImplementedError

        def to_dict(self) -> JSONObject:
            """Return the object as it is on the wire."""
            raise NotImplementedError

    else:
        # Type checkers must not see this method. It would make every misspelt attribute a valid one.
        def __getattr__(self, name):
            if name != "additional_properties" and name in getattr(self, "additional_properties", ()):
                return self.additional_properties[name]
            if isinstance(own := getattr(type(self), name, None), property):
                return own.fget(self)  # It raised an AttributeError, whose text says more than the one below.
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def model_dump(
        self,
        *,
        mode: str = "python",
        include: AbstractSet[str] | None = None,
        exclude: AbstractSet[str] | None = None,
        exclude_none: bool = False,
        **ignored: object,
    ) -> JSONObject:
        """Return the model as plain JSON data: what `to_dict` returns, with the fields that the service sent.

        Args:
            mode: Has no effect: the values are JSON data in any mode.
            include: The keys to return. Default: all.
            exclude: The keys to leave out.
            exclude_none: Whether to leave out keys without a value, at every depth.
            **ignored: Other options of pydantic, such as `exclude_unset`. What was not sent is never there.

        Example:
            >>> from baseten_messages_client import models
            >>> models.TextBlock(type="text", text="Hi").model_dump()
            {'type': 'text', 'text': 'Hi'}
        """
        data = copy.deepcopy(self.to_dict())  # `to_dict` shares nested values, such as the input of a tool.
        kept = {key: value for key, value in data.items() if include is None or key in include}
        kept = {key: value for key, value in kept.items() if exclude is None or key not in exclude}
        return _without_none(kept) if exclude_none else kept

    def model_dump_json(self, *, indent: int | None = None, **options: Any) -> str:
        """Return the model as JSON text. The options are those of `model_dump`."""
        separators = (",", ":") if indent is None else None
        return json.dumps(self.model_dump(**options), indent=indent, separators=separators, ensure_ascii=False)

    def to_json(self, *, indent: int | None = 2, **options: Any) -> str:
        """Return the model as indented JSON text. The options are those of `model_dump`."""
        return json.dumps(self.model_dump(**options), indent=indent, ensure_ascii=False)

    def json(self, **options: Any) -> str:
        """Return the model as JSON text. The options are those of `model_dump_json`."""
        return self.model_dump_json(**options)

    def dict(self, **options: Any) -> JSONObject:
        """Return the model as plain JSON data. The options are those of `model_dump`."""
        return self.model_dump(**options)

    @property
    def model_extra(self) -> JSONObject:
        """Another name of `additional_properties`: the fields that the schema does not know."""
        return self.additional_properties

    @classmethod
    def model_validate(cls, obj: Any) -> Self:
        """Another name of `from_dict`."""
        return cls.from_dict(obj)

    @classmethod
    def model_validate_json(cls, json_data: str | bytes) -> Self:
        """Return the model that JSON text describes."""
        return cls.from_dict(json.loads(json_data))

    def model_copy(self, *, update: JSONObject | None = None, deep: bool = False) -> Self:
        """Return a copy, with other values for some attributes.

        Args:
            update: The attributes to change.
            deep: Whether nested values are copied too.
        """
        other = copy.deepcopy(self) if deep else copy.copy(self)
        for name, value in (update or {}).items():
            setattr(other, name, value)
        return other


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_none(item) for key, item in value.items() if item is not None}
    return [_without_none(item) for item in value] if isinstance(value, list) else value


class MessageMethods(ModelMethods):
    """Methods of the response."""

    __slots__ = ()

    @property
    def _request_id(self) -> str | None:
        """Another name of `Message.request_id`."""
        return getattr(self, "request_id", None)


class _Citation(dict[str, Any]):
    """A source as plain JSON data, whose keys are attributes."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"the citation has no {name!r}") from None


class TextBlockMethods(ModelMethods):
    """Methods of text blocks."""

    __slots__ = ()

    @property
    def citations(self) -> list[Any] | None:
        """The sources of the text, or None. The schema does not know them. Their keys are attributes, too."""
        citations = self.additional_properties.get("citations")
        if not isinstance(citations, list):
            return None
        return [_Citation(each) if isinstance(each, dict) else each for each in citations]


@attrs.define
class ContentBlockStopMethods(ModelMethods):
    """Methods of the event after a content block. A stream adds the block to it."""

    _content_block: models.ContentBlock | None = attrs.field(default=None, init=False, repr=False, eq=False)

    @property
    def content_block(self) -> models.ContentBlock:
        """The content block as it is at this moment. The next events rarely change it.

        Raises:
            AttributeError: The event was not read from a stream.
        """
        if self._content_block is None:
            raise AttributeError("only an event that a stream yields has its content block")
        return self._content_block


@attrs.define
class MessageStopMethods(ModelMethods):
    """Methods of the event at the end of a message. A stream adds the message to it."""

    _message: models.MessagesResponse | None = attrs.field(default=None, init=False, repr=False, eq=False)

    @property
    def message(self) -> models.MessagesResponse:
        """The whole message.

        Raises:
            AttributeError: The event was not read from a stream.
        """
        if self._message is None:
            raise AttributeError("only an event that a stream yields has its message")
        return self._message


class StreamMethods:
    """Methods of streams."""

    if TYPE_CHECKING:

        @property
        def current_message(self) -> Message:
            """The message so far."""
            raise NotImplementedError

    @property
    def current_message_snapshot(self) -> Message:
        """Another name of `current_message`."""
        return self.current_message
