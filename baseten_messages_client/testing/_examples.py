"""Values that fit a JSON Schema: guess plain ones, and keep those that the validator accepts."""

import math
import re
from collections import deque
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import islice
from typing import Any

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
_ALL_TYPES = ("string", "object", "number", "boolean", "array", "null")
# How many guesses to check for one part of a schema.
_MOST_GUESSES = 200
_MOST_ITEMS = 1_000
_MOST_CHARACTERS = 10_000


class NoExampleError(Exception):
    """No value was found. The schema allows none, or it is too unusual for this module.

    Args:
        keyword: The keyword of the schema that no guess satisfies.
        reason: What is wrong.
    """

    def __init__(self, keyword: str, reason: str = "no value found that satisfies it") -> None:
        super().__init__(f"schema keyword `{keyword}`: {reason}")
        self.keyword = keyword


def example(schema: Schema, text: str = "") -> Any:
    """Make a value that fits a schema.

    Args:
        schema: A JSON Schema, draft 2020-12. References must stay inside it.
        text: Source of the words and numbers to use where the schema allows any.

    Returns:
        The value, of JSON types only. Optional properties are left out.

    Raises:
        NoExampleError: No value was found. The error names the keyword at fault.

    Example:
        >>> example({"type": "object", "required": ["city"], "properties": {"city": {"type": "string"}}}, "in Paris")
        {'city': 'Paris'}
    """
    from referencing.exceptions import Unresolvable

    guesser = _Guesser(schema, text)
    try:
        for value in guesser.values(schema, ()):
            return value
    except (Unresolvable, RecursionError) as error:
        raise NoExampleError("$ref", f"cannot follow it ({type(error).__name__})") from error
    except re.error as error:
        raise NoExampleError("pattern", f"not a Python regular expression ({error})") from error
    raise NoExampleError(guesser.failed_keyword)


def key_word(text: str) -> str:
    """Pick the word that a text is about: a capitalized one within it, else its last word, else `example`."""
    if match := re.search(r"(?<=[\w,;:] )[A-Z]\w+(?: [A-Z]\w+)*", text):
        return match[0]
    words: list[str] = re.findall(r"\w+", text)
    return words[-1] if words else "example"


class _Guesser:
    """Lists values that fit a schema and its parts.

    Args:
        root: The whole schema, which references point into.
        text: Source of words and numbers.

    Attributes:
        failed_keyword: The first keyword that no guess satisfied.
    """

    def __init__(self, root: Schema, text: str) -> None:
        from jsonschema import Draft202012Validator
        from referencing import Registry
        from referencing.jsonschema import DRAFT202012

        # The registry holds nothing else, so that a remote reference is not fetched.
        registry: Any = Registry().with_resource("", DRAFT202012.create_resource(root))
        self._resolver = registry.resolver()
        self._validator: Any = Draft202012Validator(root, registry=registry)
        self._word = key_word(text)
        self._numbers = deque(float(number) for number in re.findall(r"-?\d{1,15}(?:\.\d{1,15})?", text))
        self.failed_keyword = ""

    def values(self, schema: Schema, references: tuple[str, ...]) -> Iterator[Any]:
        """List values of one part of the schema.

        Args:
            schema: The part.
            references: The references followed so far. One that leads back here is a dead end.

        Yields:
            Values that fit, the plainest first.
        """
        validator = self._validator.evolve(schema=schema)
        failed_keyword, found = "$ref", False
        for position, guess in enumerate(islice(self._guesses(schema, references), _MOST_GUESSES)):
            error = next(validator.iter_errors(guess), None)
            if error is None:
                found = True
                yield guess
            elif position == 0:
                failed_keyword = next(iter(error.schema_path), "false")
        if not found and not self.failed_keyword:
            self.failed_keyword = failed_keyword

    def _guesses(self, schema: Schema, references: tuple[str, ...]) -> Iterator[Any]:
        """List values that may fit."""
        flat, references = self._flatten(schema, references)
        if members := flat.pop("anyOf", None) or flat.pop("oneOf", None):
            for member in members:
                # A few of each, so that a member without a fitting value does not use up all guesses.
                guesses = self._guesses({"allOf": [flat, member]}, references)
                yield from islice(guesses, _MOST_GUESSES // len(members) + 1)
            return
        yield from (flat[keyword] for keyword in ("const", "default") if keyword in flat)
        yield from (*flat.get("examples", ()), *flat.get("enum", ()))
        types = flat.get("type", ["object"] if "required" in flat else _ALL_TYPES)
        for name in [types] if isinstance(types, str) else types:
            yield from self._of_type(name, flat, references)

    def _flatten(self, schema: Schema, references: tuple[str, ...]) -> tuple[dict[str, Any], tuple[str, ...]]:
        """Write a schema without `$ref` and `allOf`.

        Returns:
            The schema, and all references followed. A reference that leads back to itself allows no type.
        """
        flat = {} if isinstance(schema, bool) else dict(schema)
        parts = flat.pop("allOf", [])
        followed = references
        if reference := flat.pop("$ref", None):
            if reference in references:
                return {"type": []}, references
            followed = (*references, reference)
            parts = [self._resolver.lookup(reference).contents, *parts]
        for part in parts:
            flat_part, followed_there = self._flatten(part, followed)
            references += followed_there
            flat = _merged(flat_part, flat)
        return flat, references

    def _of_type(self, name: str, schema: dict[str, Any], references: tuple[str, ...]) -> Iterable[Any]:
        """List values of one JSON type."""
        match name:
            case "object":
                return self._objects(schema, references)
            case "array":
                return self._arrays(schema, references)
            case "string":
                return self._strings(schema)
            case "number" | "integer":
                return self._number_guesses(schema)
        return (True, False) if name == "boolean" else (None,)

    def _objects(self, schema: dict[str, Any], references: tuple[str, ...]) -> Iterator[dict[str, Any]]:
        """List objects that hold what the schema requires, and more only where it asks for a number of properties."""
        known = schema.get("properties", {})
        names = list(dict.fromkeys(schema.get("required", [])))
        for name in names:
            names += [other for other in schema.get("dependentRequired", {}).get(name, []) if other not in names]
        made_up = (f"property_{number}" for number in range(1, _MOST_GUESSES))
        spare = (name for name in (*known, *made_up) if name not in names)
        names += islice(spare, max(int(schema.get("minProperties", 0)) - len(names), 0))

        others = schema.get("additionalProperties", {})
        choices = {name: self.values(known.get(name, others), references) for name in names}
        value = {name: next(values, _NOTHING) for name, values in choices.items()}
        previous: dict[str, Any] | None = None
        while _NOTHING not in value.values() and value != previous:
            yield value
            previous, value = value, {name: next(values, value[name]) for name, values in choices.items()}

    def _arrays(self, schema: dict[str, Any], references: tuple[str, ...]) -> Iterator[list[Any]]:
        """List arrays: one item if the schema allows it, then as few items as possible."""
        prefix: list[Schema] = schema.get("prefixItems", [])
        least, most = int(schema.get("minItems", 0)), int(schema.get("maxItems", _MOST_ITEMS))
        for length in (min(max(least, len(prefix), 1), most), least):
            parts = [*prefix, *[schema.get("items", {})] * min(length - len(prefix), _MOST_ITEMS)][:length]
            items: list[Any] = []
            for part in parts:
                values = self.values(part, references)
                items += islice((value for value in values if not schema.get("uniqueItems") or value not in items), 1)
            yield items

    def _strings(self, schema: dict[str, Any]) -> Iterator[str]:
        """List strings: what the format or pattern asks for, else the word, then the word with a number."""
        least = min(int(schema.get("minLength", 0)), _MOST_CHARACTERS)
        most = int(schema.get("maxLength", _MOST_CHARACTERS))
        if schema.get("format") in _FORMATS:
            yield _FORMATS[schema["format"]]
        word = " ".join([self._word] * (least // len(self._word) + 1))[: max(least, len(self._word))]
        yield word[:most]
        if "pattern" in schema:
            yield from matching_strings(schema["pattern"], min(least, _MOST_GUESSES))
        for number in range(2, _MOST_GUESSES):
            suffix = f" {number}"[-most:]
            yield (word[: max(most - len(suffix), 0)] + suffix)[:most]

    def _number_guesses(self, schema: dict[str, Any]) -> Iterator[int | float]:
        """List numbers: those of the text, then some inside the bounds."""
        numbers = tuple(self._numbers)
        # Each number starts at another one of the text, so that `17 and 25` fills two parameters.
        self._numbers.rotate(-1)
        yield from (int(number) if number.is_integer() else number for number in numbers)
        step = Fraction(str(schema.get("multipleOf", 1)))
        keywords = ("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum")
        bounds = [Fraction(str(schema[keyword])) for keyword in keywords if keyword in schema]
        first = math.ceil(bounds[0] / step) if bounds else 1
        multiples = [
            first * step,
            *((first + sign * i) * step for i in range(1, _MOST_GUESSES // 2 - 1) for sign in (1, -1)),
        ]
        between = [*bounds, sum(bounds, start=Fraction(0)) / max(len(bounds), 1)]
        for value in (*multiples[:5], *between, *multiples[5:]):
            yield int(value) if value.denominator == 1 else float(value)


_NOTHING = object()


def _merged(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """Combine two schemas for the same value.

    The result only guides the guesses. Where the schemas disagree, the second one wins. Guesses that do not satisfy
    both are dropped later.
    """
    both = {**first, **second}
    properties, more = first.get("properties", {}), second.get("properties", {})
    if properties and more:
        shared = {name: {"allOf": [properties[name], more[name]]} for name in properties.keys() & more.keys()}
        both["properties"] = {**properties, **more, **shared}
    if "items" in first and "items" in second:
        both["items"] = {"allOf": [first["items"], second["items"]]}
    if "required" in both:
        both["required"] = [*first.get("required", []), *second.get("required", [])]
    return both
