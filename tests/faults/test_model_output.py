"""Whatever a model sends, the runner ends as usual, and the next request can be sent: bad calls get error results."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable
from typing import Any

import anyio
import pytest

from baseten_messages_client import AsyncBaseten, Baseten, BasetenError, Tool, tool
from baseten_messages_client.testing import LocalServer

from ..support import HELLO, KEY, MODEL


def refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


@tool
def double(number: int) -> int:
    """Double a number."""
    return 2 * number


@tool
def measure(items: list[Any]) -> int:
    """Count items."""
    return len(items)


TOOLS: list[Any] = [
    double,
    measure,
    Tool(name="take", input_schema={"type": "object"}, function=lambda **values: sorted(values)),
    Tool(name="echo", input_schema={"type": "object"}, function=lambda **values: values),
]


class Run:
    """Runs a conversation whose first answer is given as bytes; the local server checks and answers the rest."""

    def __init__(self, server: LocalServer, mode: str, streaming: bool) -> None:
        self.server = server
        self.mode = mode
        self.streaming = streaming

    def __call__(self, blocks: list[str], *, stop_reason: str = '"tool_use"', tools: Any = TOOLS) -> Any:
        """Have the model send blocks, written as JSON; return the runner after its end.

        A block's input is written between `<input>` and `</input>`, since a stream sends it as a text.
        """
        body = stream_body(blocks, stop_reason) if self.streaming else whole_body(blocks, stop_reason)
        return self.answered(body.encode(), tools=tools)

    def answered(self, body: bytes, *, tools: Any = TOOLS) -> Any:
        self.server.enqueue(body)
        arguments: dict[str, Any] = {
            **HELLO,
            "max_tokens": 4096,
            "tools": tools,
            "stream": self.streaming,
            "max_turns": 4,
        }

        async def main() -> Any:
            async with AsyncBaseten(api_key=KEY, base_url=self.server.url, max_retries=0) as client:
                runner: Any = client.messages.tool_runner(**arguments)
                await runner.until_done()
                return runner

        if self.mode == "async":
            return anyio.run(main)
        with Baseten(api_key=KEY, base_url=self.server.url, max_retries=0) as client:
            runner: Any = client.messages.tool_runner(**arguments)
            runner.until_done()
            return runner


def without_marks(block: str) -> str:
    return block.replace("<input>", "").replace("</input>", "")


def whole_body(blocks: list[str], stop_reason: str) -> str:
    content = ", ".join(map(without_marks, blocks))
    return (
        f'{{"id": "m", "type": "message", "role": "assistant", "model": "{MODEL}", "content": [{content}], '
        f'"stop_reason": {stop_reason}, "usage": {{"input_tokens": 1, "output_tokens": 1}}}}'
    )


def stream_body(blocks: list[str], stop_reason: str) -> str:
    start = f'"id": "m", "type": "message", "role": "assistant", "model": "{MODEL}", "content": [], "usage": {{}}'
    events = [f'{{"type": "message_start", "message": {{{start}}}}}']
    for index, block in enumerate(blocks):
        text = re.search("<input>(.*)</input>", block, re.DOTALL)
        begun = re.sub("<input>.*</input>", "{}", block, flags=re.DOTALL)
        events.append(f'{{"type": "content_block_start", "index": {index}, "content_block": {begun}}}')
        if text is not None:
            delta = {"type": "input_json_delta", "partial_json": text[1]}
            events.append(json.dumps({"type": "content_block_delta", "index": index, "delta": delta}))
        events.append(f'{{"type": "content_block_stop", "index": {index}}}')
    events.append(f'{{"type": "message_delta", "delta": {{"stop_reason": {stop_reason}}}, "usage": {{}}}}')
    events.append('{"type": "message_stop"}')
    return "".join(f"data: {event}\n\n" for event in events)


@pytest.fixture(params=[False, True], ids=["plain", "streaming"])
def run(request: pytest.FixtureRequest, mode: str, server: LocalServer) -> Run:
    return Run(server, mode, request.param)


def check_history(runner: Any) -> list[Any]:
    """Check that the history can be sent and was sent; return the results of the first turn."""
    history = json.loads(json.dumps(runner.messages, allow_nan=False).encode(), parse_constant=refuse_constant)
    assert history == runner.messages
    turn, results = history[1]["content"], history[2]["content"]
    assert [block["tool_use_id"] for block in results] == [b["id"] for b in turn if b.get("type") == "tool_use"]
    for block in turn:
        if block.get("type") == "tool_use":
            assert isinstance(block["id"], str)
            assert isinstance(block["name"], str)
            assert isinstance(block["input"], dict)
    assert runner.last_message.stop_reason == "end_turn"
    assert isinstance(results, list)
    return results


def use(**fields: str) -> str:
    """Return a tool use block whose fields are given as JSON texts."""
    return "{" + ", ".join(f'"{key}": {value}' for key, value in {"type": '"tool_use"', **fields}.items()) + "}"


def call(arguments: str, name: str = '"echo"', identifier: str = '"t0"') -> str:
    return use(id=identifier, name=name, input=f"<input>{arguments}</input>")


NESTED = {
    "lists": '{"items": ' + "[" * 600 + "]" * 600 + "}",
    "objects": '{"items": ' + '{"a": ' * 600 + "1" + "}" * 600 + "}",
    "in a list": '{"items": [1, ' + "[" * 600 + "]" * 600 + "]}",
}
DEEP = '{"items": ' + "[" * 100_000 + "]" * 100_000 + "}"


NAMES = ("double", "measure", "take", "echo", "unknown")


@pytest.mark.parametrize(
    "arguments",
    [
        '{"number": 1e999}',
        '{"number": -1e999}',
        '{"items": [1e999, {"a": 1e999}]}',
        '{"number": 1e400, "items": []}',
        *NESTED.values(),
        '{"number": 123456789012345678901234567890}',
        '{"number": -' + "9" * 400 + "}",
        '{"number": 1e308}',
        '{"number": "\\ud800"}',
        '{"\\udfff": 1}',
        '{"items": ["\\ud83d", "\\ude00", "\\u0000"]}',
        '{"": null}',
        '{"self": 1, "function": 2, "args": 3}',
        '{"number": 1, "number": 2}',
    ],
    ids=lambda text: text[:24],
)
def test_arguments_of_any_value(run: Run, arguments: str) -> None:
    calls = [call(arguments, f'"{name}"', f'"{name}"') for name in NAMES]
    calls.append(call('{"number": 2}', '"double"', '"t1"'))
    results = check_history(run(calls))
    assert results[4]["is_error"] is True
    assert results[5]["content"] == "4"


@pytest.mark.parametrize(
    "arguments",
    ["[]", "[1e999]", '"text"', "5", "1e999", "null", "true", "", "{", '{"number": ', '{"number": NaN}', "Infinity"],
)
def test_arguments_that_are_not_an_object(mode: str, server: LocalServer, arguments: str) -> None:
    # In a whole message they would make the answer something else than JSON.
    calls = [call(arguments, f'"{name}"', f'"{name}"') for name in ("double", "echo")]
    results = check_history(Run(server, mode, streaming=True)(calls))
    assert results[0]["is_error"] is True
    if arguments not in ("null", ""):
        assert results[1]["is_error"] is True


@pytest.mark.parametrize("arguments", ["[]", "[1e999]", '"text"', '"{\\"number\\": "', "5", "1e999", "null", "true"])
def test_an_input_of_another_type(run: Run, arguments: str) -> None:
    results = check_history(run([use(id='"t0"', name='"double"', input=arguments)]))
    assert results[0]["is_error"] is True


@pytest.mark.parametrize("digits", [5_000, 100_000])
def test_a_number_of_more_digits_than_python_reads(mode: str, server: LocalServer, digits: int) -> None:
    arguments = '{"number": ' + "9" * digits + "}"
    results = check_history(Run(server, mode, streaming=True)([call(arguments, '"double"')]))
    assert results[0]["is_error"] is True


def test_arguments_nested_deeper_than_any_parser_reads(mode: str, server: LocalServer) -> None:
    results = check_history(Run(server, mode, streaming=True)([call(DEEP, '"measure"')]))
    assert results[0]["is_error"] is True


@pytest.mark.parametrize("arguments", [DEEP, '{"number": ' + "9" * 5000 + "}", '{"number": NaN}'], ids=lambda t: t[:24])
def test_a_message_that_cannot_be_read_is_an_error_of_ours_or_an_error_result(
    mode: str, server: LocalServer, arguments: str
) -> None:
    try:
        runner = Run(server, mode, streaming=False)([call(arguments, '"measure"')])
    except BasetenError:
        return
    assert check_history(runner)[0]["is_error"] is True


NOT_TEXT = ["null", "5", "1e999", "true", "[]", "{}", '["double"]', '{"name": "double"}']


@pytest.mark.parametrize("name", [*NOT_TEXT, '""', '"\\ud800"', '"' + "n" * 200_000 + '"'], ids=lambda text: text[:20])
def test_names_of_any_type(run: Run, name: str) -> None:
    results = check_history(run([use(id='"t0"', name=name, input="{}"), call('{"number": 2}', '"double"', '"t1"')]))
    assert results[0]["is_error"] is True
    assert len(results[0]["content"]) < 5000
    assert results[1]["content"] == "4"


@pytest.mark.parametrize("identifier", [*NOT_TEXT, '""', '"\\ud800"'])
def test_ids_of_any_type(run: Run, identifier: str) -> None:
    other = call('{"number": 2}', '"double"', '"t1"')
    results = check_history(run([call('{"number": 1}', '"double"', identifier), other]))
    assert results[1]["content"] == "4"


def test_the_same_id_twice(run: Run) -> None:
    calls = [call(f'{{"number": {number}}}', '"double"', '"t0"') for number in (1, 2)]
    assert [result["content"] for result in check_history(run(calls))] == ["2", "4"]


@pytest.mark.parametrize(
    "block",
    [
        use(name='"double"', input='{"number": 1}'),
        use(id='"t0"', input='{"number": 1}'),
        use(id='"t0"', name='"double"'),
        use(),
        use(id='"t0"', name='"double"', input='{"number": 1}', cache_control="1e999"),
        use(id='"t0"', name='"double"', input='{"number": 1}', extra=NESTED["lists"]),
        use(id='"t0"', name='"double"', input='{"number": 1}', extra='"\\ud800"'),
    ],
    ids=lambda text: text[:60],
)
def test_calls_that_lack_a_field_or_have_one_more(run: Run, block: str) -> None:
    check_history(run([block, call('{"number": 2}', '"double"', '"t1"')]))


@pytest.mark.parametrize(
    "block",
    [
        "null",
        "5",
        "[]",
        "{}",
        '{"type": null}',
        '{"type": []}',
        '{"type": "text"}',
        '{"type": "text", "text": null}',
        '{"type": "text", "text": 1e999}',
        '{"type": "text", "text": "\\ud800"}',
        '{"type": "thinking", "thinking": {}, "signature": 1e999}',
        '{"type": "new", "value": 1e999}',
        '{"type": "new", "value": ' + NESTED["lists"] + "}",
    ],
    ids=lambda text: text[:60],
)
def test_other_blocks_of_any_form_beside_a_call(run: Run, block: str) -> None:
    results = check_history(run([block, call('{"number": 2}', '"double"', '"t1"')]))
    assert [result["content"] for result in results] == ["4"]


@pytest.mark.parametrize("stop_reason", ["null", "5", "[]", "{}", "1e999", '"\\ud800"', '"new"'])
def test_stop_reasons_of_any_type_end_the_runner(run: Run, stop_reason: str) -> None:
    runner = run([call('{"number": 2}', '"double"')], stop_reason=stop_reason)
    json.dumps(runner.messages, allow_nan=False).encode()


@pytest.mark.parametrize(
    "delta",
    [
        '{"type": "input_json_delta", "partial_json": null}',
        '{"type": "input_json_delta", "partial_json": 1e999}',
        '{"type": "input_json_delta", "partial_json": {"number": 1}}',
        '{"type": "input_json_delta"}',
        '{"type": null}',
        "null",
        "[]",
        "5",
    ],
)
def test_deltas_of_any_form(mode: str, server: LocalServer, delta: str) -> None:
    bad = f'data: {{"type": "content_block_delta", "index": 0, "delta": {delta}}}\n\n'
    body = stream_body([use(id='"t0"', name='"take"', input="{}")], '"tool_use"')
    at = body.index('data: {"type": "content_block_stop"')
    check_history(Run(server, mode, streaming=True).answered((body[:at] + bad + body[at:]).encode()))


@pytest.mark.parametrize("hook", ["before_tool", "after_tool"])
def test_hooks_see_calls_of_any_form(server: LocalServer, hook: str) -> None:
    seen: list[str] = []

    def note(call: Any, *result: Any) -> None:
        seen.append(json.dumps([call.id, call.name]))

    server.enqueue(whole_body([use(id="5", name="null", input="1e999"), use()], '"tool_use"').encode())
    with Baseten(api_key=KEY, base_url=server.url, max_retries=0) as client:
        options: dict[str, Any] = {hook: note}
        runner = client.messages.tool_runner(tools=TOOLS, **HELLO, **options)
        runner.until_done()
    check_history(runner)
    assert len(seen) == 2


@pytest.mark.parametrize(
    "arguments",
    ["1e999", "[1e999]", '{"value": [1e999]}', *NESTED.values(), '"text"', "null", '{"value": ["\\ud800"]}'],
    ids=lambda text: text[:24],
)
@pytest.mark.parametrize("output_type", [list[int], dict[str, Any], Any], ids=str)
def test_parse_returns_an_output_or_raises_an_error_of_ours(
    mode: str, server: LocalServer, arguments: str, output_type: Any
) -> None:
    # The name of the tool that parse offers is not known here, so the model's answer repeats the one offered.
    parse: Callable[[], Any]

    async def parse_async() -> Any:
        async with AsyncBaseten(api_key=KEY, base_url=server.url, max_retries=0) as client:
            return await client.messages.parse(output_type=output_type, max_repairs=1, **HELLO)

    def parse_sync() -> Any:
        with Baseten(api_key=KEY, base_url=server.url, max_retries=0) as client:
            return client.messages.parse(output_type=output_type, max_repairs=1, **HELLO)

    parse = parse_sync if mode == "sync" else lambda: anyio.run(parse_async)
    parse()
    name = json.dumps(server.requests[-1].json["tools"][0]["name"])
    server.reset()
    server.enqueue(whole_body([use(id='"t0"', name=name, input=arguments)], '"tool_use"').encode(), repeat=2)
    with contextlib.suppress(BasetenError):
        parse()
