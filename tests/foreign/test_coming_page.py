"""What `docs/coming-from-anthropic.md` says of the SDK is true of the release that is installed."""

from __future__ import annotations

from importlib import import_module
from operator import attrgetter
from typing import Any

import anthropic
import httpx
import httpx2
import pydantic
import pytest
from anthropic import Anthropic, types
from anthropic.types import beta

from baseten_messages_client import types as our_types
from baseten_messages_client.compat.hints import MODULE_HINTS, TYPES_HINTS
from baseten_messages_client.testing import LocalServer
from baseten_messages_client.types import beta as our_beta

from ..compat import coming_page as page
from ..support import HELLO, KEY

# Names of these types that the SDK has in other modules, or not at all.
OURS_ALONE = {
    "Base64ImageSource",
    "BetaMessageStreamEvent",
    "CitationEvent",
    "ContentBlockDelta",
    "ImageBlock",
    "InputJsonDelta",
    "InputJsonEvent",
    "SignatureEvent",
    "TextEvent",
    "ThinkingEvent",
    "ToolResultBlock",
}


def test_the_page_names_this_release() -> None:
    assert f"the SDK is version {anthropic.__version__}." in page.PAGE.replace("\n", " ")


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # The program leaves its client open.
@pytest.mark.parametrize(("replies", "output"), page.OUTPUTS)
def test_the_program_runs_before_the_changes(
    replies: list[page.Reply], output: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("anthropic._base_client.INITIAL_RETRY_DELAY", 0.001)
    assert page.output_of(page.BEFORE, replies, "ANTHROPIC", monkeypatch.setenv) == output


@pytest.mark.parametrize("name", page.DEMONSTRATIONS)
def test_a_demonstration_prints_with_the_sdk_what_the_page_says(name: str) -> None:
    shown = page.DEMONSTRATIONS[name]
    assert page.outcome(anthropic, Anthropic, shown.code, shown.replies) == shown.with_sdk


def test_a_cut_connection_is_not_an_error_of_the_sdk() -> None:
    assert not issubclass(httpx2.RemoteProtocolError, anthropic.AnthropicError)


def test_the_loop_over_a_raw_stream_prints_its_text() -> None:
    code = page.code_of("Events of streams")
    assert page.outcome(anthropic, Anthropic, code, [{"reply": "One two."}]) == "`One two.`"


def test_helper_events_are_in_streams_of_the_helper_only(server: LocalServer) -> None:
    with Anthropic(api_key=KEY, base_url=server.url) as client:
        with client.messages.stream(**HELLO) as stream:
            seen = {event.type: event for event in stream}
        assert seen["text"].text
        assert seen["content_block_stop"].content_block.type == "text"
        assert seen["message_stop"].message.stop_reason == "end_turn"
        assert "text" not in {event.type for event in client.messages.create(**HELLO, stream=True)}


@pytest.mark.parametrize("where", page.SAME)
def test_a_name_that_is_the_same_is_in_the_sdk(where: str) -> None:
    assert not set(page.SAME[where]) - page.names_of(anthropic, Anthropic)[where]


def test_every_name_of_the_sdk_is_on_the_page() -> None:
    on_the_page = {*page.SAME["the package"], *page.RENAMED, *MODULE_HINTS, "Timeout"}
    assert set(anthropic.__all__) - on_the_page == {"__title__", "NoneType"}


def test_the_names_of_types_are_those_of_the_sdk() -> None:
    assert {name for name in our_types.__all__ if not hasattr(types, name)} <= OURS_ALONE
    assert {name for name in our_beta.__all__ if not hasattr(beta, name)} <= OURS_ALONE
    assert all(hasattr(types, name) for name in TYPES_HINTS)


@pytest.mark.parametrize(
    "name",
    [
        "messages.batches",
        "files",
        "skills",
        "models.list",
        "messages.count_tokens",
        "beta.webhooks",
        "beta.messages.thread",
        "messages.with_streaming_response",
    ],
)
def test_the_sdk_has_what_the_page_says_it_has(name: str) -> None:
    with Anthropic(api_key=KEY) as client:
        assert attrgetter(name)(client) is not None


def test_its_tool_runner_and_tools_have_the_methods_of_the_page() -> None:
    found = page.names_of(anthropic, Anthropic)
    assert found["a tool runner"] >= {
        "add_tools",
        "append_messages",
        "compact_before_next_turn",
        "generate_tool_call_response",
        "remove_tools",
        "set_messages_params",
    }
    assert "call" in found["a tool"]
    assert found["the constructors"] >= {"auth_token", "credentials", "default_query", "middleware", "open_telemetry"}
    assert "extra_query" in found["`create(…)`"]
    for name in ("anthropic._exceptions", "anthropic.lib", "anthropic.resources", "anthropic.types.message"):
        assert import_module(name)


@pytest.mark.parametrize("argument", ["api_key", "auth_token"])
def test_it_sends_the_header_that_the_service_reads(server: LocalServer, argument: str) -> None:
    options: dict[str, Any] = {argument: KEY}
    with Anthropic(base_url=server.url, **options) as client:
        client.messages.create(**HELLO)
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"


def test_without_threads_its_tool_runner_sends_the_whole_history(server: LocalServer) -> None:
    code = page.code_of("The tool runner").replace("**question", "**question, thread=False")
    _, replies, _, here = page.DEMONSTRATIONS["The tool runner: the tool"]
    assert page.outcome(anthropic, Anthropic, code, replies) == here


def test_parse_asks_for_the_format_by_output_config(server: LocalServer) -> None:
    class Person(pydantic.BaseModel):
        name: str

    server.enqueue('{"name": "Ada"}')
    with Anthropic(api_key=KEY, base_url=server.url) as client:
        assert client.messages.parse(**HELLO, output_format=Person).parsed_output == Person(name="Ada")
        server.enqueue('{"name": "Ada"}')
        with client.messages.stream(**HELLO, output_format=Person) as stream:
            assert stream.get_final_message().parsed_output == Person(name="Ada")
    assert server.requests[0].json["output_config"]["format"]["type"] == "json_schema"


def test_the_differences_are_as_the_page_says(server: LocalServer) -> None:
    with Anthropic(api_key=KEY, base_url=server.url, max_retries=0) as client:
        message = client.messages.create(**HELLO)
        assert isinstance(message, pydantic.BaseModel)
        assert message.model_dump()["usage"]["cache_read_input_tokens"] is None
        assert isinstance(anthropic.Timeout(5), httpx2.Timeout)
        server.enqueue(status=400)
        with pytest.raises(anthropic.BadRequestError) as caught:
            client.messages.create(**HELLO)
        assert isinstance(caught.value.response, httpx2.Response)
        assert not hasattr(caught.value, "partial_message")
        assert client.messages.with_raw_response.create(**HELLO).retries_taken == 0
        assert isinstance(client.base_url, httpx2.URL)
        client.api_key = KEY
        assert message.to_dict(mode="json")["id"] == message.id
        with client.messages.create(**HELLO, stream=True) as stream:
            assert not hasattr(stream, "get_final_message")
    with httpx.Client() as old, pytest.raises(TypeError, match="http_client"):
        Anthropic(api_key=KEY, http_client=old)  # type: ignore[arg-type]
