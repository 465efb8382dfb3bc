"""JSON in and out, strict where data would be lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import Enum
from math import isfinite
from typing import Any

import msgspec

from .._generated.types import Unset

_decode = msgspec.json.Decoder().decode
decode_object = msgspec.json.Decoder(dict[str, Any]).decode
"""Parse one JSON object at full speed; what `decode` takes beyond msgspec, this refuses with a `DecodeError`."""
DecodeError = msgspec.DecodeError  # A ValueError in newer versions alone.


def decode(data: bytes | str) -> Any:
    """Parse JSON text; raises ValueError for anything else, `NaN` included."""
    try:
        return _decode(data)
    except msgspec.DecodeError:
        # The slower parser also takes halves of surrogate pairs, which servers send that cut text between UTF-16 units,
        # and numbers beyond a double.
        try:
            return json.loads(data, parse_constant=_refuse_constant)
        except RecursionError:
            raise ValueError("nested too deeply") from None
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def join_surrogates(text: str) -> str:
    """Return the text with its surrogate pairs joined, and without halves that have no other half.

    A server that cuts text between two UTF-16 units sends halves: joined they are a character again, alone they are
    none, and could be neither printed nor sent back.
    """
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def join_all_surrogates(value: Any) -> Any:
    """Return a decoded value with every text in it mended."""
    if isinstance(value, str):
        return join_surrogates(value)
    if isinstance(value, dict):
        return {join_surrogates(key): join_all_surrogates(item) for key, item in value.items()}
    return [join_all_surrogates(item) for item in value] if isinstance(value, list) else value


def encode(value: Any) -> bytes:
    """Write what `to_jsonable` returned as compact JSON."""
    # The standard library, because msgspec writes NaN as null and refuses integers beyond 64 bits.
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def to_jsonable(value: Any, path: str) -> Any:
    """Turn models, mappings and tuples into plain JSON data.

    Args:
        value: Anything; objects with `to_param` or `to_dict` count as what that returns.
        path: Where the value stands, for error messages, such as `messages`.

    Returns:
        Dicts, lists, strings, numbers, booleans and None, all new.

    Raises:
        TypeError: Something in it has no counterpart in JSON.
        ValueError: It holds NaN, an infinity, half of a surrogate pair, or itself.
    """
    try:
        return _convert(value, path)
    except RecursionError:
        raise ValueError(f"{path} is nested too deeply, or contains itself") from None


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
                raise ValueError(f"{path} is {value}, which JSON cannot hold: pass a finite number")
            return value
        case list() | tuple():
            return [_convert(item, f"{path}[{number}]") for number, item in enumerate(value)]
        case Mapping():
            return {
                _check_key(k, path): _convert(v, f"{path}.{k}") for k, v in value.items() if not isinstance(v, Unset)
            }
    for name in ("to_param", "to_dict"):
        convert = getattr(value, name, None)
        if callable(convert) and not isinstance(value, type):
            try:
                plain = convert()
            except (AttributeError, TypeError) as error:
                raise TypeError(
                    f"{path} is a {type(value).__name__} whose parts do not have the declared types ({error})"
                ) from error
            return _convert(plain, path)
    hint = "decode it, or encode it in Base64" if isinstance(value, bytes) else "use dicts, lists, strings and numbers"
    raise TypeError(f"{path} is a {type(value).__name__}, which JSON cannot hold: {hint}")


def _check_key(key: Any, path: str) -> str:
    if not isinstance(key, str):
        raise TypeError(f"{path} has the key {key!r}: keys of JSON objects are strings")
    return _check_text(key, f"a key of {path}")


def _check_text(text: str, path: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError(
            f"{path} holds half of a surrogate pair (U+{ord(text[error.start]):04X} at index {error.start}), which is "
            "no text: decode the original bytes with the right encoding, or replace the character"
        ) from None
    return text
