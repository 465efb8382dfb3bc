"""An instance that fits a JSON Schema."""

import json
import math
import re
from collections import deque
from collections.abc import Iterator
from fractions import Fraction
from itertools import chain, islice
from typing import Any
from urllib.parse import unquote

from ._merge import merged
from ._patterns import matching_strings

Schema = dict[str, Any] | bool

_FORMATS = {
    "date": "2024-01-31",
    "date-time": "2024-01-31T09:30:00Z",
    "time": "09:30:00Z",
    "duration": "PT1H",
    "email": "user@example.com",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "uri": "https://example.com/",
    "uuid": "00000000-0000-4000-8000-000000000001",
}
# A keyword gives the type away where a schema does not name it. The first that occurs decides.
_TYPE_HINTS = {
    "object": ("properties", "required", "additionalProperties", "minProperties", "patternProperties"),
    "array": ("items", "prefixItems", "minItems", "maxItems", "uniqueItems"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
}
# How far to look for a value that fits, or for one more value where they must differ.
_TRIES = 200
# Items of an array, characters of a string.
_LONGEST = 10_000


class NoExampleError(Exception):
    """No instance was found: the schema has none, or asks for more than this module can invent."""


def example(schema: Schema, text: str = "") -> Any:
    """Make an instance that fits a schema.

    Args:
        schema: A JSON Schema, draft 2020-12; references must stay inside it.
        text: Where strings and numbers come from when the schema leaves them free.

    Returns:
        The instance, JSON types only. Optional properties are left out.

    Raises:
        NoExampleError: No instance was found.

    Example:
        >>> example({"type": "object", "required": ["city"], "properties": {"city": {"type": "string"}}}, "in Paris")
        {'city': 'Paris'}
    """
    from jsonschema.exceptions import SchemaError, UnknownType
    from referencing.exceptions import Unresolvable

    try:
        for value in _Inventor(schema, text).values(schema, ()):
            return value
    except (SchemaError, UnknownType, Unresolvable, RecursionError, re.error) as error:
        raise NoExampleError(type(error).__name__) from error
    raise NoExampleError("no instance found")


def key_word(text: str) -> str:
    """Pick the word that a text is about: a capitalised one within it, else its last word, else `example`."""
    if match := re.search(r"(?<=[\w,;:] )[A-Z]\w+(?: [A-Z]\w+)*", text):
        return match[0]
    words = re.findall(r"\w+", text)
    return words[-1] if words else "example"


class _Inventor:
    """Lists instances of a schema and of its parts.

    Args:
        root: The whole schema, which references point into.
        text: Where strings and numbers come from.
    """

    def __init__(self, root: Schema, text: str) -> None:
        from jsonschema import Draft202012Validator
        from referencing import Registry

        Draft202012Validator.check_schema(root)
        self._root = root
        # The empty registry keeps a remote reference from being fetched.
        self._validator: Any = Draft202012Validator(root, registry=Registry())
        self._word = key_word(text)
        self._numbers = deque(float(number) for number in re.findall(r"-?\d{1,15}(?:\.\d{1,15})?", text))

    def values(self, schema: Schema, references: tuple[str, ...]) -> Iterator[Any]:
        """List instances of one part of the schema.

        Args:
            schema: The part.
            references: The references followed so far; one that leads back here is a dead end.

        Yields:
            Instances that fit, the plainest first.
        """
        validator = self._validator.evolve(schema=schema)
        yield from (value for value in islice(self._guesses(schema, references), _TRIES) if validator.is_valid(value))

    def _guesses(self, schema: Schema, references: tuple[str, ...]) -> Iterator[Any]:
        """List values that may fit."""
        if isinstance(schema, bool):
            schema = {}
        if "$ref" in schema:
            reference = schema["$ref"]
            if reference not in references:
                rest = {key: value for key, value in schema.items() if key != "$ref"}
                target = self._resolve(reference)
                yield from self._guesses(merged(target, rest), (*references, reference))
            return
        for keyword in ("allOf", "anyOf", "oneOf"):
            if keyword in schema:
                rest = {key: value for key, value in schema.items() if key != keyword}
                yield from self._unions(keyword, schema[keyword], rest, references)
                return
        if "const" in schema:
            yield schema["const"]
        if "default" in schema:
            yield schema["default"]
        yield from schema.get("examples", [])
        yield from schema.get("enum", [])
        for name in _types(schema):
            yield from self._of_type(name, schema, references)

    def _unions(
        self, keyword: str, members: list[Schema], rest: dict[str, Any], references: tuple[str, ...]
    ) -> Iterator[Any]:
        """List values for a schema that combines others: all of them at once, or any one after the other."""
        if keyword == "allOf":
            for member in members:
                while isinstance(member, dict) and "$ref" in member:
                    reference = member["$ref"]
                    if reference in references:
                        return
                    references = (*references, reference)
                    siblings = {key: value for key, value in member.items() if key != "$ref"}
                    member = merged(self._resolve(reference), siblings)
                rest = merged(rest, member)
            yield from self._guesses(rest, references)
            return
        for member in members:
            # A few of each, so that a member without a fitting value does not use up all tries.
            yield from islice(self._guesses(merged(rest, member), references), _TRIES // len(members) + 1)

    def _resolve(self, reference: str) -> Schema:
        """Follow a reference inside the schema."""
        target: Any = self._root
        if not reference.startswith("#"):
            raise NoExampleError(f"cannot follow {reference}")
        try:
            for step in unquote(reference[1:]).split("/")[1:]:
                step = step.replace("~1", "/").replace("~0", "~")
                target = target[int(step)] if isinstance(target, list) else target[step]
        except (LookupError, ValueError, TypeError):
            raise NoExampleError(f"cannot follow {reference}") from None
        return target  # type: ignore[no-any-return]

    def _of_type(self, name: str, schema: dict[str, Any], references: tuple[str, ...]) -> Iterator[Any]:
        """List values of one JSON type."""
        if name == "object":
            yield from self._objects(schema, references)
        elif name == "array":
            yield from self._arrays(schema, references)
        elif name == "string":
            yield from self._strings(schema)
        elif name in ("number", "integer"):
            yield from self._number_guesses(schema, whole=name == "integer")
        elif name == "boolean":
            yield from (True, False)
        else:
            yield None

    def _objects(self, schema: dict[str, Any], references: tuple[str, ...]) -> Iterator[dict[str, Any]]:
        """List objects with the properties that the schema requires, and more only where it counts them."""
        names = list(dict.fromkeys(schema.get("required", [])))
        made_up = (f"property_{number}" for number in range(1, _TRIES))
        spare = chain(schema.get("properties", {}), made_up)
        names += islice(
            (name for name in spare if name not in names), max(int(schema.get("minProperties", 0)) - len(names), 0)
        )
        for name in list(names):
            names += [other for other in schema.get("dependentRequired", {}).get(name, []) if other not in names]

        choices = {name: self.values(_property_schema(schema, name), references) for name in names}
        previous: dict[str, Any] | None = None
        value = {name: next(values, _NOTHING) for name, values in choices.items()}
        while _NOTHING not in value.values() and value != previous:
            yield value
            previous = value
            value = {name: next(values, value[name]) for name, values in choices.items()}

    def _arrays(self, schema: dict[str, Any], references: tuple[str, ...]) -> Iterator[list[Any]]:
        """List arrays: one item where nothing is said about the number, as few as allowed where that fails."""
        prefix: list[Schema] = schema.get("prefixItems", [])
        least, most = int(schema.get("minItems", 0)), int(schema.get("maxItems", _LONGEST))
        for length in dict.fromkeys((min(max(least, len(prefix), 1), most), least)):
            if length > _LONGEST:
                return
            parts = [*prefix[:length], *[schema.get("items", {})] * (length - len(prefix))]
            items: list[Any] = []
            seen: set[str] = set()
            for part in parts:
                for value in self.values(part, references):
                    identity = json.dumps(value, sort_keys=True)
                    if identity not in seen or not schema.get("uniqueItems"):
                        seen.add(identity)
                        items.append(value)
                        break
            if len(items) == length:
                yield items

    def _strings(self, schema: dict[str, Any]) -> Iterator[str]:
        """List strings: what the format or pattern asks for, else a word of the text."""
        least, most = int(schema.get("minLength", 0)), int(schema.get("maxLength", _LONGEST))
        if least > _LONGEST:
            return
        if schema.get("format") in _FORMATS:
            yield _FORMATS[schema["format"]]
        words = chain([self._word], (f"{self._word} {number}" for number in range(2, _TRIES // 2)))
        for word in islice(words, 1 if "pattern" in schema else None):
            repeated = word if len(word) >= least else (word + " ") * math.ceil(least / (len(word) + 1))
            yield repeated[: max(least, min(most, len(word)))]
        if "pattern" in schema:
            yield from matching_strings(schema["pattern"], min(least, _TRIES))
        # Short strings that must differ: one character is all there may be room for.
        yield from "abcdefghijklmnopqrstuvwxyz"[: _TRIES // 4]

    def _number_guesses(self, schema: dict[str, Any], whole: bool) -> Iterator[int | float]:
        """List numbers: those of the text, then some inside the bounds."""
        step = Fraction(str(schema.get("multipleOf", 0)))
        if whole or step == 0:
            step = Fraction(step.numerator or 1)
        bounds = [
            Fraction(str(schema[key]))
            for key in ("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum")
            if key in schema
        ]
        # Each place for a number begins with another one, so that `17 and 25` fills two parameters.
        self._numbers.rotate(-1)
        for number in tuple(self._numbers)[-1:] + tuple(self._numbers)[:-1]:
            yield int(number) if number.is_integer() else number
        for start in [bounds[0] if {"minimum", "exclusiveMinimum"} & schema.keys() else step, *bounds, Fraction(0)]:
            first = math.ceil(start / step)
            yield from (_number((first + offset) * step) for offset in (0, 1, -1, 2, -2, 3, -3))
        if bounds and not whole:
            yield from (float(bound + half) for bound in bounds for half in (0, Fraction(1, 2), Fraction(-1, 2)))
            yield float(sum(bounds) / len(bounds))
        first = math.ceil(bounds[0] / step) if bounds else 1
        yield from (_number((first + sign * offset) * step) for offset in range(4, _TRIES) for sign in (1, -1))


_NOTHING = object()


def _number(value: Fraction) -> int | float:
    """Turn a fraction into a JSON number."""
    return int(value) if value.denominator == 1 else float(value)


def _types(schema: dict[str, Any]) -> list[str]:
    """List the JSON types that a schema allows, guessing from its keywords when it names none."""
    named = schema.get("type")
    if named is not None:
        return [named] if isinstance(named, str) else list(named)
    if "enum" in schema or "const" in schema:
        return []
    hinted = [name for name, keywords in _TYPE_HINTS.items() if schema.keys() & set(keywords)]
    return hinted or ["string", "object", "number", "boolean", "array", "null"]


def _property_schema(schema: dict[str, Any], name: str) -> Schema:
    """Find what an object's schema says about one property."""
    if name in schema.get("properties", {}):
        return schema["properties"][name]  # type: ignore[no-any-return]
    for pattern, part in schema.get("patternProperties", {}).items():
        if re.search(pattern, name):
            return part  # type: ignore[no-any-return]
    return schema.get("additionalProperties", {})  # type: ignore[no-any-return]
