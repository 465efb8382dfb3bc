"""A published schema fetched: bounded in size, time and depth, and plain JSON."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from schema.errors import SchemaError
from schema.fetch import fetch, parse

from .web import Site


def endless() -> Iterator[bytes]:
    while True:
        yield b" " * 65536


def trickle() -> Iterator[bytes]:
    for _ in range(100):
        time.sleep(0.02)  # The server is the slow one here; the test ends at the limit below.
        yield b" "


@pytest.mark.parametrize(
    ("arrange", "message"),
    [
        (lambda site: site.page("/", status=404), "answered with status 404"),
        (lambda site: site.page("/", b"<html>no schema</html>"), "must be a mapping, not str"),
        (lambda site: site.page("/", status=302, location="file:///etc/passwd"), "cannot download"),
        (lambda site: site.page("/", status=302, location="ftp://127.0.0.1/x"), "cannot download"),
        (lambda site: site.page("/", status=302, location="/"), "redirects"),
        (lambda site: site.page("/", endless()), "sends more than"),
        (lambda site: site.page("/", trickle()), "takes longer than"),
        (lambda site: site.page("/", b"x", content_encoding="gzip"), "encoding"),
        (lambda _: "http://127.0.0.1:9/schema.json", "cannot download"),
        (lambda _: "http://[::1/schema.json", "cannot download"),
        (lambda _: "file:///etc/passwd", "give an http or https address"),
        (lambda _: "ftp://127.0.0.1/schema.json", "give an http or https address"),
        (lambda _: "no/such/file.json", "there is no such file"),
        (lambda _: "/dev/zero", "there is no such file"),
    ],
)
def test_a_source_that_cannot_be_trusted_is_refused(arrange: Callable[[Site], str], message: str, site: Site) -> None:
    with pytest.raises(SchemaError, match=message):
        fetch(arrange(site), max_seconds=0.3, max_bytes=500_000)


def test_a_file_of_100_megabytes_is_not_read_whole(tmp_path: Path) -> None:
    huge = tmp_path / "huge.json"
    with huge.open("wb") as file:
        file.truncate(100_000_000)
    with pytest.raises(SchemaError, match="more than 5,000,000 bytes"):
        fetch(str(huge))


BOMB = "a: &a [x, x, x, x]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "must be a mapping, not NoneType"),
        ("[1, 2]", "must be a mapping, not list"),
        ("{", "neither JSON nor YAML"),
        ("\x00", "neither JSON nor YAML"),
        (BOMB, "line 1 of the schema has a YAML anchor or alias"),
        ("x: !!python/object/apply:os.system [echo]", "neither JSON nor YAML"),
        ("x: !!binary aGk=", "JSON cannot express"),
        ("x: .nan", "JSON cannot express"),
        ('{"x": NaN}', "JSON cannot express"),
        ('{"x": ' * 150 + "1" + "}" * 150, "levels deep"),
        ('{"x":' * 100_000, "levels deep"),
        ("[" * 100_000, "levels deep"),
    ],
)
def test_a_document_that_is_not_plain_json_is_refused(text: str, message: str) -> None:
    with pytest.raises(SchemaError, match=message):
        parse(text.encode())


def test_a_date_and_a_number_as_a_name_stay_what_they_look_like() -> None:
    assert parse(b"version: 2026-01-31\n200: ok\n") == {"version": "2026-01-31", "200": "ok"}
