"""Fetch a published schema, from an address or a file, without trusting it: bounded in size, time and depth."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import httpx
import yaml

from .errors import SchemaError

MAX_BYTES = 5_000_000
MAX_SECONDS = 30.0
MAX_REDIRECTS = 5
MAX_DEPTH = 100


def fetch(source: str, *, max_bytes: int = MAX_BYTES, max_seconds: float = MAX_SECONDS) -> dict[str, Any]:
    """Return the document at an http or https address, or in a local file, as plain JSON values."""
    if source.startswith(("http://", "https://")):
        content = _download(source, max_bytes, max_seconds)
    elif "://" in source:
        raise SchemaError(f"SCHEMA={source}: give an http or https address, or the path of a file")
    else:
        content = _read(Path(source), max_bytes)
    return parse(content)


def _download(url: str, max_bytes: int, max_seconds: float) -> bytes:
    end = time.monotonic() + max_seconds
    content = bytearray()
    try:
        # httpx follows redirects to http and https only, so none reaches a file.
        with (
            httpx.Client(follow_redirects=True, max_redirects=MAX_REDIRECTS, timeout=max_seconds) as client,
            client.stream("GET", url, headers={"accept-encoding": "identity"}) as response,
        ):
            if response.status_code != 200:
                raise SchemaError(f"{url} answered with status {response.status_code}")
            if "content-encoding" in response.headers:
                raise SchemaError(f"{url} answered in an encoding that was not asked for")
            for chunk in response.iter_raw():
                content += chunk
                if len(content) > max_bytes:
                    raise SchemaError(f"{url} sends more than {max_bytes:,} bytes")
                if time.monotonic() > end:
                    raise SchemaError(f"{url} takes longer than {max_seconds:g} seconds")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise SchemaError(f"cannot download {url}: {error or type(error).__name__}") from error
    return bytes(content)


def _read(path: Path, max_bytes: int) -> bytes:
    if not path.is_file():
        raise SchemaError(f"SCHEMA={path}: there is no such file")
    if path.stat().st_size > max_bytes:
        raise SchemaError(f"{path} holds more than {max_bytes:,} bytes")
    return path.read_bytes()


def parse(content: bytes) -> dict[str, Any]:
    """Read JSON, or YAML limited to what JSON can express. All keys become text: YAML reads the status 200 as a number.

    Raises:
        SchemaError: The content is not such a document, is not a mapping, or is nested too deep.
    """
    try:
        document = _load(content.decode("utf-8-sig"))
        _check_depth(document, 0)
    except RecursionError as error:
        raise SchemaError(f"the schema is nested more than {MAX_DEPTH} levels deep") from error
    except (ValueError, yaml.YAMLError) as error:  # UnicodeDecodeError is a ValueError too.
        raise SchemaError(f"the schema is neither JSON nor YAML: {' '.join(str(error).split())[:300]}") from error
    if not isinstance(document, dict):
        raise SchemaError(f"the schema must be a mapping, not {type(document).__name__}")
    try:
        plain: dict[str, Any] = json.loads(json.dumps(document, allow_nan=False))
    except (TypeError, ValueError) as error:
        raise SchemaError(f"the schema holds a value that JSON cannot express: {error}") from error
    return plain


def _load(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return yaml.load(text, _Loader)


class _Loader(yaml.SafeLoader):
    """The safe loader, without aliases (a few lines of them can stand for gigabytes) and without dates."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            line = getattr(event.start_mark, "line", 0) + 1
            raise SchemaError(f"line {line} of the schema has a YAML anchor or alias: write out what it stands for")
        return super().compose_node(parent, index)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _check_depth(value: Any, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise RecursionError
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _check_depth(item, depth + 1)
