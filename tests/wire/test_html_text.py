"""HTML pages as text: without tags, each line once, in time that grows with the length of the page."""

from __future__ import annotations

import time

import pytest

from baseten_messages_client._wire.html_text import begins_with_tag, has_tag, html_to_text


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("", ""),
        ("Sorry", "Sorry"),
        ("<p>Sorry</p>", "Sorry"),
        ("<h1>Sorry</h1><p>Come back</p>", "Sorry Come back"),
        ("So<b>rr</b>y<br>now", "Sorry now"),
        ("<P CLASS='x > y' title=\"a > b\">Sorry", "Sorry"),
        ("<p class=it's>Sorry</p><p>don't</p>", "Sorry don't"),
        ("<style>p {color: red}</style><SCRIPT>if (1 < 2) go('<p>')</Script >Sorry", "Sorry"),
        ("Sorry<script>go()", "Sorry"),
        ("<!-- <p>hidden</p> -->Sorry<!-- cut", "Sorry"),
        ("<!doctype html><?xml version='1.0'?><![CDATA[x]]>Sorry", "Sorry"),
        ("Sorry <p", "Sorry"),
        ("2 < 3 &amp; 4 &lt; 5 <3", "2 < 3 & 4 < 5 <3"),
        ("<title>Bad Gateway</title><h1>bad\n gateway</h1><hr>nginx", "Bad Gateway nginx"),
        ("<title>Our proxy</title><h1>Bad Gateway</h1>", "Our proxy Bad Gateway"),
        ("\ufeff<p>a\0b</p>", "a b"),
        ("again\0again", "again again"),
        ("2 < 3 <b>here</b>", "2 < 3 here"),
        ("<!-- hidden --><p>Sorry</p><p>Bye", "Sorry Bye"),
        ("so --><!-- hidden -->Sorry", "so --> Sorry"),
        ("<!---->Sorry", "Sorry"),
        ("a</script>b<script>go()</script>c", "a b c"),
    ],
)
def test_a_page_becomes_its_text(page: str, text: str) -> None:
    assert html_to_text(page) == text


@pytest.mark.parametrize(
    ("text", "begins", "has"),
    [
        ("<!DOCTYPE html>", True, True),
        ("\ufeff\n <html>", True, True),
        ("<!-- x --><p>", True, True),
        ("<?xml version='1.0'?><html>", True, True),
        ("Sorry<br/>", False, True),
        ("Sorry <p", False, True),
        ("2 < 3 and <model> is down", False, False),
        ("<model> is down", False, False),
        ("<tool_call>", False, False),
        ("", False, False),
    ],
)
def test_html_is_recognized_by_its_tags(text: str, begins: bool, has: bool) -> None:
    assert (begins_with_tag(text), has_tag(text)) == (begins, has)


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "</",
        "<a ",
        "<a href='",
        "<a b='>",
        "<a b=' c=\">",
        "=",
        "<a =",
        "<a '\"> ",
        "<!--",
        "<!",
        "<script",
        "<script>",
        "<style ",
        "<p>x",
        "&#",
    ],
)
def test_the_time_for_a_page_grows_with_its_length(piece: str) -> None:
    page = "<html>" + piece * (200_000 // len(piece))
    began = time.process_time()
    html_to_text(page)
    begins_with_tag(page)
    has_tag(page)
    assert time.process_time() - began < 1
