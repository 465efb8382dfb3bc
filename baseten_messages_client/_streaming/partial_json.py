"""Reads the beginning of a JSON text: the values that are complete so far."""

from __future__ import annotations

from typing import Any

from .._wire import json as wire_json

_MAX_DEPTH = 200


def parse_partial(text: str) -> Any:
    """Return the value of JSON text that may have been cut at any place, or None if it has no beginning of a value.

    What is cut within a string, a number or a name is left out, since it may still change.

    Example:
        >>> parse_partial('{"city": "Paris", "days": [1, 2')
        {'city': 'Paris', 'days': [1]}
    """
    closers = ""  # What closes the objects and lists that are open, innermost first.
    end, ending = 0, ""  # The last place where the text could end, after a value or an opener, and the closers there.
    before = ""  # The last character outside strings and spaces.
    in_string = is_escaped = is_key = False
    for place, character in enumerate(text):
        if in_string:
            if is_escaped:
                is_escaped = False
            elif character == "\\":
                is_escaped = True
            elif character == '"':
                in_string = False
                if not is_key:
                    end, ending = place + 1, closers
            continue
        if character == '"':
            in_string = True
            is_key = closers[:1] == "}" and before in ("{", ",")
        elif character in "{[":
            if len(closers) == _MAX_DEPTH:
                break
            closers = ("}" if character == "{" else "]") + closers
            end, ending = place + 1, closers
        elif character in "}]":
            # A number or a name ends here too.
            if closers[:1] != character:
                break
            closers = closers[1:]
            end, ending = place + 1, closers
        elif character == ",":
            end, ending = place, closers
        if not character.isspace():
            before = character
    try:
        return wire_json.decode(text[:end] + ending)
    except ValueError:
        return None
