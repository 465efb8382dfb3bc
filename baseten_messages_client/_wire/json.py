"""Reads and writes JSON. It is strict where data would be lost."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from enum import Enum
from math import isfinite
from typing import Any

import msgspec

from .._generated.types import Unset

MAX_DEPTH = 200
"""How deep the values of a message may be nested. Reading and sending deeper ones could exhaust the stack."""
_MAX_NESTING = 2000
"""How deep JSON may be nested to be read at all."""
_MAX_DIGITS = 4000

_decode = msgspec.json.Decoder().decode
decode_object = msgspec.json.Decoder(dict[str, Any]).decode
"""Parse one JSON object at full speed. Raises `DecodeError` for JSON that needs the slower parser in `decode`."""
DecodeError = msgspec.DecodeError  # It is a ValueError only in newer versions of msgspec.


def decode(data: bytes | str) -> Any:
    """Parse JSON text. Raises ValueError for any other text, including `NaN`, and for endless nesting."""
    try:
        value = _decode_any(data)
    except RecursionError:
        raise ValueError("the JSON is nested too deeply") from None
    # The parsers' own limit depends on how deep the caller's stack is, and on the version of Python.
    if len(data) > _MAX_NESTING and is_deep(value, _MAX_NESTING):
        raise ValueError("the JSON is nested too deeply")
    return value


def _decode_any(data: bytes | str) -> Any:
    try:
        return _decode(data)
    except msgspec.DecodeError:
        # This slower parser also accepts numbers beyond a double, and single halves of surrogate pairs. A server sends
        # such halves when it cuts text between UTF-16 units.
        return json.loads(data, parse_constant=_refuse_constant, parse_float=_float_or_text, parse_int=_int_or_text)


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _float_or_text(text: str) -> float | str:
    """Return a number that a float can hold, otherwise its text, which can be sent back."""
    return value if isfinite(value := float(text)) else text


def _int_or_text(text: str) -> int | str:
    """Return a number of any usual length, otherwise its text. Python refuses to print longer ones."""
    return int(text) if len(text) <= _MAX_DIGITS else text


def is_deep(value: Any, depth: int = MAX_DEPTH) -> bool:
    """Return whether dicts and lists are nested deeper than this."""
    level = [value]
    while depth and level:
        # One level at a time, since a recursion could exhaust the stack.
        level = [
            item
            for container in level
            if isinstance(container, (dict, list))
            for item in (container.values() if isinstance(container, dict) else container)
            if isinstance(item, (dict, list))
        ]
        depth -= 1
    return bool(level)


def to_text(value: Any) -> str:
    """Return a decoded value as JSON text, however deep it is."""
    try:
        return encode(value).decode()
    except (RecursionError, ValueError):
        return f"({type(value).__name__}, nested too deeply)"


def join_surrogates(text: str) -> str:
    """Return the text with its surrogate pairs joined. A half that has no other half becomes U+FFFD.

    A server that cuts text between two UTF-16 units sends halves. Two joined halves are a character again. A single
    half is not a character, so it could be neither printed nor sent back.
    """
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def join_all_surrogates(value: Any) -> Any:
    """Return a decoded value with `join_surrogates` applied to every text in it."""
    if isinstance(value, str):
        return join_surrogates(value)
    if isinstance(value, dict):
        return {join_surrogates(key): join_all_surrogates(item) for key, item in value.items()}
    return [join_all_surrogates(item) for item in value] if isinstance(value, list) else value


def encode(value: Any) -> bytes:
    """Return compact JSON for a value that `to_jsonable` returned."""
    # This uses the standard library, because msgspec writes NaN as null and refuses integers beyond 64 bits.
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def to_jsonable(value: Any, path: str) -> Any:
    """Turn models, mappings and tuples into plain JSON data.

    Args:
        value: Any value. An object with `to_param` or `to_dict` is replaced by what that method returns.
        path: The place of the value, such as `messages`, for errors.

    Returns:
        New dicts and lists of strings, numbers, booleans and None.

    Raises:
        TypeError: The value holds something that JSON cannot hold.
        ValueError: The value holds NaN, an infinity, half of a surrogate pair, or itself.
    """
    try:
        return _convert(value, path)
    except RecursionError:
        raise ValueError(f"{path} is nested too deeply or contains itself") from None


def _convert(value: Any, path: str) -> Any:
    match value:
        case None | bool():
            return value
        case Enum():
            return _convert(value.value, path)
        case str():
            return _check_text(value, path)
        case int():
            return value
        case float():
            if not isfinite(value):
                raise ValueError(f"{path} is {value}, which JSON does not allow: pass a finite number")
            return value
        case list() | tuple():
            return [_convert(item, f"{path}[{number}]") for number, item in enumerate(value)]
        case Mapping():
            return {
                _check_key(key, path): _convert(item, f"{path}.{key}")
                for key, item in value.items()
                if not isinstance(item, Unset)
            }
        case Sequence() if not isinstance(value, (bytes, bytearray, memoryview)):
            return [_convert(item, f"{path}[{number}]") for number, item in enumerate(value)]
    for name in ("to_param", "to_dict"):
        convert = getattr(value, name, None)
        if callable(convert) and not isinstance(value, type):
            try:
                plain = convert()
            except (AttributeError, TypeError) as error:
                raise TypeError(
                    f"{path} is a {type(value).__name__} with fields of the wrong type ({error})"
                ) from error
            return _convert(plain, path)
    hint = (
        "decode it to text, or encode it as Base64"
        if isinstance(value, bytes)
        else "use dicts, lists, strings and numbers"
    )
    raise TypeError(f"{path} is a {type(value).__name__}, which JSON cannot represent: {hint}")


def _check_key(key: Any, path: str) -> str:
    if not isinstance(key, str):
        raise TypeError(f"{path} has the key {key!r}, but keys of JSON objects must be strings")
    return _check_text(key, f"a key of {path}")


def _check_text(text: str, path: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError(
            f"{path} contains half of a surrogate pair (U+{ord(text[error.start]):04X} at index {error.start}), which "
            "is not valid text: decode the original bytes with the right encoding, or replace the character"
        ) from None
    return text
