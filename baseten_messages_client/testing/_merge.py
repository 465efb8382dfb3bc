"""One schema in place of two that must both hold."""

from typing import Any

Schema = dict[str, Any] | bool

_LOWER_BOUNDS = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"})
_UPPER_BOUNDS = frozenset({"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"})
_PARTS = frozenset({"items", "additionalProperties"})


def merged(first: Schema, second: Schema) -> dict[str, Any]:
    """Combine two schemas into one that lets guesses satisfy both.

    The outcome only guides guessing: where two keywords cannot be combined, the second stays, and a guess that
    breaks the first is sorted out later.

    Args:
        first: A schema.
        second: Another schema for the same value.

    Returns:
        The combined schema.
    """
    result = {} if isinstance(first, bool) else dict(first)
    for key, value in ({} if isinstance(second, bool) else second).items():
        result[key] = _both(key, result[key], value) if key in result else value
    return result


def _both(key: str, first: Any, second: Any) -> Any:
    """Combine two values of one keyword."""
    if key == "properties":
        shared = {name: {"allOf": [first[name], second[name]]} for name in first.keys() & second.keys()}
        return first | second | shared
    if key == "required":
        return list(dict.fromkeys([*first, *second]))
    if key == "enum":
        return [value for value in first if value in second]
    if key == "type":
        return _common_types(_as_list(first), _as_list(second))
    if key in ("allOf", "examples"):
        return [*first, *second]
    if key in _LOWER_BOUNDS:
        return max(first, second)
    if key in _UPPER_BOUNDS:
        return min(first, second)
    if key in _PARTS:
        return {"allOf": [first, second]}
    return second


def _as_list(value: Any) -> list[str]:
    """Read the two forms of the keyword `type`."""
    return [value] if isinstance(value, str) else list(value)


def _common_types(first: list[str], second: list[str]) -> list[str]:
    """List the JSON types allowed by both; every integer is a number."""
    if "number" in second and "integer" in first:
        second = [*second, "integer"]
    if "number" in first and "integer" in second:
        first = [*first, "integer"]
    return [name for name in first if name in second]
