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
    # The closers of what is open, and the last place where the text could end with them: after a value or an opener.
    closers: list[str] = []
    end, ending = 0, ""
    in_string = is_escaped = False
    is_key = False
    for place, character in enumerate(text):
        if in_string:
            if is_escaped:
                is_escaped = False
            elif character == "\\":
                is_escaped = True
            elif character == '"':
                in_string = False
                if not is_key:
                    end, ending = place + 1, "".join(reversed(closers))
        elif character == '"':
            in_string = True
            is_key = bool(closers) and closers[-1] == "}" and _follows_comma_or_brace(text, place)
        elif character in "{[":
            if len(closers) == _MAX_DEPTH:
                break
            closers.append("}" if character == "{" else "]")
            end, ending = place + 1, "".join(reversed(closers))
        elif character in "}]":
            # A number or a name ends here too.
            if not closers or closers.pop() != character:
                break
            end, ending = place + 1, "".join(reversed(closers))
        elif character == ",":
            end, ending = place, "".join(reversed(closers))
    try:
        return wire_json.decode(text[:end] + ending)
    except ValueError:
        return None


def _follows_comma_or_brace(text: str, place: int) -> bool:
    """Return whether a string at this place is a key: what precedes it is a comma or the brace of its object."""
    return text[:place].rstrip(" \t\r\n")[-1:] in (",", "{")
