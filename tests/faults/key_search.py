"""Where an error, or what it refers to, holds the API key."""

from __future__ import annotations

import copy
import logging
import pickle
import traceback
from collections.abc import Iterator, Mapping
from typing import Any

from baseten_messages_client._transport.libraries import is_instance

from ..support import KEY


def assert_no_key(error: BaseException) -> None:
    __tracebackhide__ = True
    found = [place for place, value in _texts_of_error(error) if KEY in value]
    assert not found, f"the key is in {', '.join(found)}"


def _texts_of_error(error: BaseException) -> Iterator[tuple[str, str]]:
    """Yield every text that a caller, a log or another process can get out of an error."""
    pickled = pickle.dumps(error)
    yield from _texts(error)
    yield "the pickle", pickled.decode("latin-1")
    for name, other in {
        "unpickled": pickle.loads(pickled),
        "copied": copy.copy(error),
        "deep": copy.deepcopy(error),
    }.items():
        assert type(other) is type(error)
        assert str(other) == str(error)
        yield from ((f"the {name} error's {place}", text) for place, text in _texts(other))
    yield "the printed traceback", "".join(traceback.format_exception(error))
    yield "the logged exception", logging.Formatter().formatException((type(error), error, error.__traceback__))


def _texts(error: BaseException) -> Iterator[tuple[str, str]]:
    seen: set[int] = set()
    pending: list[tuple[str, BaseException]] = [("error", error)]
    while pending:
        path, current = pending.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield f"str({path})", str(current)
        yield f"repr({path})", repr(current)
        yield f"{path}.args", repr(current.args)
        yield f"{path}.__notes__", repr(getattr(current, "__notes__", None))
        for name, value in vars(current).items():
            yield from _texts_of_value(f"{path}.{name}", value)
        links = {name: getattr(current, name) for name in ("__cause__", "__context__")}
        pending += [(f"{path}.{name}", other) for name, other in links.items() if other is not None]


def _texts_of_value(path: str, value: Any) -> Iterator[tuple[str, str]]:
    yield f"str({path})", str(value)
    yield f"repr({path})", repr(value)
    if is_instance(value, "Response"):
        yield from texts_of_response(path, value)
    elif is_instance(value, "Request"):
        yield from _texts_of_request(path, value)
    elif is_instance(value, "Headers"):
        yield f"{path}.raw", repr(value.raw)
    elif isinstance(value, Mapping):
        yield f"{path}.items()", repr(list(value.items()))


def texts_of_response(path: str, response: Any) -> Iterator[tuple[str, str]]:
    yield f"{path}.reason_phrase", response.reason_phrase
    yield f"{path}.url", repr(_attribute(response, "url"))
    yield f"{path}.extensions", repr(response.extensions)
    yield f"{path}.headers", repr(response.headers.raw)
    yield f"{path}.links", repr(response.links)
    yield f"vars({path})", repr({name: value for name, value in vars(response).items() if name != "_request"})
    content = _attribute(response, "content")
    if content is not None:
        yield f"{path}.content", content.decode("utf-8", "replace")
        yield f"{path}.text", response.text
        try:
            yield f"{path}.json()", repr(response.json())
        except ValueError as error:
            yield f"{path}.json()", repr(error)
    for name in ("request", "next_request"):
        if (request := _attribute(response, name)) is not None:
            yield from _texts_of_request(f"{path}.{name}", request)
    yield f"{path}.history", repr(response.history)
    status_error = _attribute(response, "raise_for_status", call=True)
    yield f"{path}.raise_for_status()", repr(status_error)


def _texts_of_request(path: str, request: Any) -> Iterator[tuple[str, str]]:
    yield f"{path}.url", str(request.url)
    yield f"{path}.headers", repr(request.headers.raw)
    yield f"{path}.extensions", repr(request.extensions)


def _attribute(response: Any, name: str, *, call: bool = False) -> Any:
    """Return an attribute, or None where the response cannot have it, such as a request after it was unpickled."""
    try:
        value = getattr(response, name)
        return value() if call else value
    except RuntimeError:  # Also the errors of a body that was not read.
        return None
    except Exception as error:
        if not is_instance(error, "HTTPStatusError"):
            raise
        return str(error)
