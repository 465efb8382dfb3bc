"""Pages of proxies and other answers that are not of the service: cheap to read, and told without their tags."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest

from baseten_messages_client import Baseten, BasetenError

from ..libraries import current
from ..support import HELLO

pytestmark = pytest.mark.usefixtures("library")

CPU_SECONDS = 0.5
GIVE_UP = 3.0
LONGEST_TEXT = 2048

PIECES = (
    "<",
    "</",
    "<a ",
    "<a href='",
    "<!--",
    "<!",
    "<![CDATA[",
    "<?",
    "<script",
    "<script>",
    "<style ",
    "<title>",
    "<h1>",
    "<p>x",
    "&",
    "&#",
    " ",
    "\n",
    "{",
    "[",
    '"',
    "\\",
    "ä",
)


class TooSlowError(BaseException):
    """The block used more processor time than a test can wait for."""


@contextmanager
def little_work() -> Iterator[None]:
    """Fail if the block takes much processor time, and stop it if it takes very much."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, GIVE_UP)
    began = time.process_time()
    try:
        yield
    except TooSlowError:
        pytest.fail(f"it took more than {GIVE_UP} s of processor time")
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    assert time.process_time() - began < CPU_SECONDS


def create(client: Baseten) -> None:
    client.messages.create(**HELLO)


def stream(client: Baseten) -> None:
    with client.messages.stream(**HELLO) as opened:
        opened.until_done()


CALLS = {"create": create, "stream": stream}


def failure(call: str, status: int, body: bytes, content_type: str = "text/html; charset=utf-8") -> BasetenError:
    """Return the error that a call raises when it is answered with a page."""

    def answer(request: Any) -> Any:
        return current().Response(status, headers={"content-type": content_type}, content=body)

    with current().Client(transport=current().MockTransport(answer)) as http:
        client = Baseten(api_key="any", http_client=http, max_retries=0)
        with pytest.raises(BasetenError) as caught:
            CALLS[call](client)
    return caught.value


# ---- What a page costs ----------------------------------------------------------------------------------------------


def check_cost(body: bytes, *content_types: str) -> None:
    for content_type in content_types:
        for status in (502, 403, 200):
            for call in CALLS:
                with little_work():
                    error = failure(call, status, body, content_type)
                assert len(str(error)) < LONGEST_TEXT


@pytest.mark.parametrize("piece", PIECES)
def test_a_page_of_80_kb_is_cheap(piece: str) -> None:
    body = ("<html>" + piece * (80_000 // len(piece))).encode()
    check_cost(body, "text/html", "text/plain", "")


@pytest.mark.parametrize("piece", ["<", "<script", "<!--", "<a ", "x", " "])
def test_a_page_of_5_mb_is_cheap(piece: str) -> None:
    body = ("<html>" + piece * (5_000_000 // len(piece))).encode()
    check_cost(body, "text/html")


@pytest.mark.parametrize("piece", ["<", "<script", "<!--"])
@pytest.mark.parametrize("key", ["error", "detail", "message"])
def test_html_within_json_is_cheap(piece: str, key: str) -> None:
    body = f'{{"{key}": "<html>{piece * (80_000 // len(piece))}"}}'.encode()
    with little_work():
        error = failure("create", 502, body, "application/json")
    assert len(str(error)) < LONGEST_TEXT


# ---- What is told of it ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("status", [502, 403, 200])
@pytest.mark.parametrize(
    "page",
    [
        "<p>Upstream is down</p>",
        "Upstream <b>is</b> down",
        "Upstream is down<br>",
        "<P CLASS='x'>Upstream is down",
        "<!-- a proxy --><p>Upstream is down</p>",
        "<div\n class='x'>Upstream is down</div\n>",
        "<style>p {color: red}</style><script>if (1 < 2) alert('<p>')</script><p>Upstream is down</p>",
        "<?xml version='1.0'?><html><body>Upstream is down</body></html>",
        "\ufeff\n  <!DOCTYPE html><html><head><title>Upstream is down</title></head><body></body></html>",
        "<center><h1>Upstream is down</h1></center><hr><center>nginx</center>",
        "Upstream is down <p",
    ],
)
def test_html_is_told_without_its_tags(call: str, status: int, page: str) -> None:
    text = str(failure(call, status, page.encode()))
    assert "Upstream is down" in text
    assert not set("<>{}") & set(text)
    assert "alert" not in text
    assert "a proxy" not in text


@pytest.mark.parametrize("status", [502, 403, 200])
@pytest.mark.parametrize(
    "page",
    [
        "<html><head><title>Upstream is down</title></head><body><h1>Upstream is down</h1></body></html>",
        "<html><head><title>\n Upstream  is down </title></head><body><h1>Upstream is\ndown</h1></body></html>",
        "<title>Upstream is down</title><center><h1>Upstream is down</h1></center><hr>nginx",
        "<title>Upstream is down</title><h1>Upstream is down</h1><h2>Upstream is down</h2>",
    ],
)
def test_a_title_and_a_heading_that_say_the_same_are_told_once(status: int, page: str) -> None:
    assert str(failure("create", status, page.encode())).count("Upstream is down") == 1


def test_a_title_and_a_heading_that_differ_are_both_told() -> None:
    text = str(failure("create", 502, b"<title>Our proxy</title><h1>Upstream is down</h1><p>Try later.</p>"))
    assert "Our proxy" in text
    assert "Upstream is down" in text


def test_a_text_that_is_not_html_is_told_as_it_is() -> None:
    assert "2 < 3 and <model> is down" in str(failure("create", 502, b"2 < 3 and <model> is down", "text/plain"))


def test_json_that_is_called_html_is_still_read() -> None:
    error = failure("create", 403, b'{"error": {"message": "no such key", "type": "permission_error"}}')
    assert "no such key" in str(error)
    assert getattr(error, "error_type", None) == "permission_error"
