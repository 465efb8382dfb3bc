"""What `messages.parse(output_format=…)` returns."""

from __future__ import annotations

from typing import TypeVar

from .._tools.output import ParsedMessage

T = TypeVar("T")


class FormattedMessage(ParsedMessage[T]):
    """What `parse(output_format=…)` returns: a `ParsedMessage` whose output has a second name."""

    @property
    def parsed_output(self) -> T:
        """Another name of `output`."""
        return self.output


def with_parsed_output(parsed: ParsedMessage[T]) -> FormattedMessage[T]:
    """Return the same message with the second name of its output."""
    formatted: FormattedMessage[T] = FormattedMessage.from_dict(parsed.to_dict())
    formatted.request_id, formatted.output = parsed.request_id, parsed.output
    return formatted
