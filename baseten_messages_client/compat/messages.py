"""What `client.messages` inherits: the attributes that it has in the official SDK."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .raw import AsyncRawMessages, RawMessages


class _MessagesNames:
    """The names that both have."""

    if not TYPE_CHECKING:
        # Type checkers must not see this method. It would make every misspelt attribute a valid one.
        def __getattr__(self, name):
            from .hints import MESSAGES_HINTS, attribute_error  # Here, because a program that runs never needs them.

            raise attribute_error(self, name, MESSAGES_HINTS)


class MessagesNames(_MessagesNames):
    """The names of `Messages`."""

    @property
    def with_raw_response(self) -> RawMessages:
        """The same `create`, with the response itself: its status and headers."""
        from .raw import RawMessages

        return RawMessages(self)  # type: ignore[arg-type]  # It is mixed into `Messages`.


class AsyncMessagesNames(_MessagesNames):
    """The names of `AsyncMessages`."""

    @property
    def with_raw_response(self) -> AsyncRawMessages:
        """The same `create`, with the response itself: its status and headers."""
        from .raw import AsyncRawMessages

        return AsyncRawMessages(self)  # type: ignore[arg-type]  # It is mixed into `AsyncMessages`.
