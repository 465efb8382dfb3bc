"""What `docs/coming-from-anthropic.md` says of this package is true. `tests/foreign` checks what it says of the SDK."""

from __future__ import annotations

import re
from operator import attrgetter
from typing import Any

import attrs
import httpx
import pytest

import baseten_messages_client as package
from baseten_messages_client import Baseten, types
from baseten_messages_client.compat import hints, raw
from baseten_messages_client.messages import Messages
from baseten_messages_client.testing import LocalServer

from ..porting.port import port
from ..porting.reasons import REASONS, RUNNING
from ..support import HELLO, KEY
from . import coming_page as page


def test_the_count_of_programs_is_that_of_the_porting_suite() -> None:
    (counts,) = re.findall(r"Of (\d+) such programs in `tests/porting/`, (\d+) print", page.PAGE)
    assert counts == (str(RUNNING + len(REASONS)), str(RUNNING))


def test_the_changes_on_the_page_are_the_mechanical_ones() -> None:
    assert page.after() == port(page.BEFORE)
    assert 24 <= len(page.BEFORE.splitlines()) <= 40


@pytest.mark.usefixtures("quick_retries")
@pytest.mark.filterwarnings("ignore::ResourceWarning")  # The program leaves its client open.
@pytest.mark.parametrize(("replies", "output"), page.OUTPUTS)
def test_the_program_runs_after_the_changes(
    replies: list[page.Reply], output: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert page.output_of(page.after(), replies, "BASETEN", monkeypatch.setenv) == output


@pytest.mark.parametrize("name", page.DEMONSTRATIONS)
def test_a_demonstration_prints_here_what_the_page_says(name: str) -> None:
    shown = page.DEMONSTRATIONS[name]
    assert page.outcome(package, Baseten, shown.code, shown.replies) == shown.here


def test_the_loop_over_a_raw_stream_prints_its_text() -> None:
    code = page.code_of("Events of streams")
    assert page.outcome(package, Baseten, code, [{"reply": "One two."}]) == "`One two.`"


@pytest.mark.parametrize("where", page.SAME)
def test_a_name_that_is_the_same_is_here(where: str) -> None:
    assert not set(page.SAME[where]) - page.names_of(package, Baseten)[where]


@pytest.mark.parametrize("name", page.RENAMED)
def test_another_name_is_here_and_the_old_one_leads_to_it(name: str) -> None:
    other = page.RENAMED[name]
    assert attrgetter(other.removeprefix("compat.raw."))(raw if other.startswith("compat") else package) is not None
    assert hints.MODULE_HINTS[name] == f"use {other}"


def test_the_names_that_are_not_there_are_those_that_have_hints() -> None:
    listed: dict[str, dict[str, str]] = {}
    for where, names, hint in page.rows_of("Not there"):
        listed.setdefault(where, {}).update(dict.fromkeys(page.names_in(names), hint))
    listed["the package"] |= {old: f"use {new}" for old, new in page.RENAMED.items()}
    assert listed == {
        "the package": hints.MODULE_HINTS,
        "`types`": hints.TYPES_HINTS,
        "a client": hints.CLIENT_HINTS,
        "`client.messages`": hints.MESSAGES_HINTS,
        "`create(…)`": hints.ARGUMENT_HINTS,
    }


def test_the_differences_are_as_the_page_says(server: LocalServer) -> None:
    with Baseten(api_key=KEY, base_url=server.url, max_retries=0) as client:
        message = client.messages.create(**HELLO)
        assert attrs.has(type(message))
        assert not hasattr(message, "model_fields")
        assert message.usage.cache_read_input_tokens is None
        assert message.model_dump() == message.to_dict()
        assert "cache_read_input_tokens" not in message.model_dump()["usage"]
        server.enqueue(status=400)
        with pytest.raises(package.BadRequestError) as caught:
            client.messages.create(**HELLO)
        assert isinstance(caught.value.response, httpx.Response)
        assert client.messages.create(**HELLO, stream=True).get_final_message().stop_reason == "end_turn"
        with pytest.raises(TypeError, match="output_format"):
            client.messages.stream(**HELLO, output_format=int)  # type: ignore[call-overload]
        with pytest.raises(AttributeError):
            client.api_key = "another"  # type: ignore[misc]
        with pytest.raises(TypeError):
            message.to_dict(mode="json")
        assert isinstance(client.base_url, str)
    assert package.APITimeoutError(request=httpx.Request("POST", server.url)).request.method == "POST"
    assert not isinstance(package.Timeout, type)
    assert Messages.create.__qualname__ == "Messages.create"


@pytest.mark.parametrize("name", page.names_in(page.section(page.LACKS)))
def test_what_this_package_does_not_do_is_not_there(name: str) -> None:
    if name in page.HERE:
        return
    found = page.names_of(package, Baseten)
    assert not any(name in found[where] for where in ("a client", "`client.messages`", "a tool runner", "a tool"))
    assert name not in found["the constructors"] | found["`create(…)`"]


def _get(where: str, name: str) -> None:
    with Baseten(api_key=KEY) as client:
        if where == "`create(…)`":
            create: Any = client.messages.create
            create(**HELLO, **{name: 1})
        owners: dict[str, Any] = {
            "the package": package,
            "`types`": types,
            "a client": client,
            "`client.messages`": client.messages,
        }
        getattr(owners[where], name)


@pytest.mark.parametrize(
    ("where", "name", "hint"),
    [(where, name, hint) for where, names, hint in page.rows_of("Not there") for name in page.names_in(names)],
)
def test_a_name_that_is_not_there_says_what_to_use(where: str, name: str, hint: str) -> None:
    with pytest.raises((AttributeError, TypeError)) as caught:
        _get(where, name)
    assert str(caught.value).endswith(f": {hint}")
