"""What the tests of `docs/coming-from-anthropic.md` share. They run its code with this package, or with the SDK."""

from __future__ import annotations

import gc
import io
import json
import re
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from inspect import Parameter, signature
from pathlib import Path
from typing import Any, NamedTuple

from baseten_messages_client.testing import LocalServer

from ..support import HELLO, KEY, MODEL, message_json

PAGE = (Path(__file__).parents[2] / "docs" / "coming-from-anthropic.md").read_text(encoding="utf-8")

Reply = dict[str, Any]


def section(title: str) -> str:
    """Return the text below a heading of the page, up to the next heading of its level or above."""
    ((level, text),) = re.findall(rf"^(#+) {re.escape(title)}\n(.*?)(?=\Z|^## |^### )", PAGE, re.DOTALL | re.MULTILINE)
    assert level in ("##", "###")
    return str(text)


def code_of(title: str, language: str = "python") -> str:
    """Return the one block of code below a heading."""
    (block,) = re.findall(rf"^```{language}\n(.*?)^```", section(title), re.DOTALL | re.MULTILINE)
    return str(block)


def rows_of(title: str) -> list[list[str]]:
    """Return the rows of the one table below a heading, without the head."""
    lines = [line for line in section(title).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def names_in(cell: str) -> list[str]:
    """Return the names that a cell holds as code."""
    return re.findall(r"`([^`]+)`", cell)


# --- Before and after ---


BEFORE = code_of("Before and after")
DIFF = code_of("Before and after", "diff")


def after() -> str:
    """Return the program after the changes that the page shows."""
    program, lines = BEFORE, DIFF.splitlines()
    for old, new in zip(lines[::2], lines[1::2], strict=True):
        assert (old[0], new[0], program.count(f"{old[1:]}\n")) == ("-", "+", 1)
        program = program.replace(f"{old[1:]}\n", f"{new[1:]}\n")
    return program


# What the program prints, by what the server replies.
OUTPUTS: list[tuple[list[Reply], str]] = [
    ([], 'I will call get_weather.get_weather returned "18 degrees".'),
    ([{"status": 429, "headers": {"retry-after": "0"}, "repeat": 3}], "Too many requests. Wait 0 seconds."),
    ([{"status": 400}], "The service refused the request: 400"),
    ([{"drop": True, "repeat": 3}], "The service cannot be reached."),
]


def output_of(program: str, replies: list[Reply], vendor: str, set_environment: Callable[[str, str], None]) -> str:
    """Return what a whole program prints when the server replies so."""
    with LocalServer(strict=False, models=[MODEL, "claude-opus-5-5"]) as server:
        set_environment(f"{vendor}_API_KEY", KEY)
        set_environment(f"{vendor}_BASE_URL", server.url)
        for reply in replies:
            server.enqueue(**reply)
        printed = _printed(program, {})
        gc.collect()  # What the program leaves open must be freed here, where the warning about it is ignored.
        return " / ".join(printed)


# --- Demonstrations ---


def _stream(*blocks: dict[str, Any], index: int = 0, end: str = "end_turn") -> list[dict[str, Any]]:
    """Write the events of a whole stream."""
    events: list[dict[str, Any]] = [
        {"type": "message_start", "message": message_json(content=[], stop_reason=None, stop_sequence=None)}
    ]
    for number, block in enumerate(blocks, start=index):
        empty, delta = block["empty"], block["delta"]
        events += [
            {"type": "content_block_start", "index": number, "content_block": empty},
            {"type": "content_block_delta", "index": number, "delta": delta},
            {"type": "content_block_stop", "index": number},
        ]
    delta = {"stop_reason": end, "stop_sequence": None}
    return [
        *events,
        {"type": "message_delta", "delta": delta, "usage": {"output_tokens": 3}},
        {"type": "message_stop"},
    ]


def _text(text: str, **options: Any) -> list[dict[str, Any]]:
    block = {"empty": {"type": "text", "text": ""}, "delta": {"type": "text_delta", "text": text}}
    return _stream(block, **options)


def _call(arguments: str) -> list[Reply]:
    empty = {"type": "tool_use", "id": "toolu_1", "name": "delete", "input": {}}
    delta = {"type": "input_json_delta", "partial_json": arguments}
    return [{"reply": _stream({"empty": empty, "delta": delta}, end="tool_use")}]


def _frames(events: list[dict[str, Any]], *, names: bool = True) -> bytes:
    lines = [(f"event: {event['type']}\n" if names else "") + f"data: {json.dumps(event)}\n\n" for event in events]
    return "".join(lines).encode()


def _weather(arguments: dict[str, Any]) -> list[Reply]:
    call = {"type": "tool_use", "id": "toolu_1", "name": "get_weather", "input": arguments}
    return [{"reply": {"content": [call], "stop_reason": "tool_use"}}, {"reply": "Done."}]


HALF = _text("half")[:3]
UNNAMED_ERROR = b'data: {"type": "error", "error": {"type": "overloaded_error", "message": "busy"}}\n\n'

# By the heading and the first cell of the row: what the server replies.
REPLIES: dict[tuple[str, str], list[Reply]] = {
    ("Streams", "half a message, and the connection is cut"): [
        {"reply": _frames(HALF), "disconnect_at": len(_frames(HALF))}
    ],
    ("Streams", "half a message, and the response ends without `message_stop`"): [{"reply": HALF}],
    ("Streams", "a `rate_limit_error` in the middle"): [
        {"reply": [*HALF, {"type": "error", "error": {"type": "rate_limit_error", "message": "slow"}}]}
    ],
    ("Streams", "an error without an `event:` line, and then an end"): [
        {"reply": _frames(HALF) + UNNAMED_ERROR + _frames(_text("half")[3:])}
    ],
    ("Streams", "a message whose first block has index 1"): [{"reply": _text("all", index=1)}],
    ("Streams", "a message without `event:` lines"): [{"reply": _frames(_text("all"), names=False)}],
    ("Streams", "a page of HTML with status 200"): [{"reply": b"<html><body>Busy.</body></html>"}],
    ("Arguments of tools", '`{"path": "/tmp/old`'): _call('{"path": "/tmp/old'),
    ("Arguments of tools", '`{"path": "/tmp", "dry_run": tr`'): _call('{"path": "/tmp", "dry_run": tr'),
    ("Arguments of tools", '`{"path": tmp}`'): _call('{"path": tmp}'),
    ("Messages", '`{"error": "busy"}` with status 200'): [{"reply": {"error": "busy"}}],
    ("Messages", '`{"error": "busy"}` with status 429'): [{"reply": {"error": "busy"}, "status": 429}],
    ("Sampling parameters", "a message"): [{"reply": "all"}],
    ("The tool runner", "the tool"): _weather({"city": "Paris"}),
    ("The tool runner", "the tool with `town` instead of `city`"): _weather({"town": "Paris"}),
}


class Demonstration(NamedTuple):
    """One row of a table: what a block of code prints when the server replies so."""

    code: str
    replies: list[Reply]
    with_sdk: str
    here: str


def demonstrations() -> dict[str, Demonstration]:
    """Return the demonstrations of the page by their names."""
    found = {}
    for title in dict.fromkeys(title for title, _ in REPLIES):
        for case, with_sdk, here in rows_of(title):
            found[f"{title}: {case}"] = Demonstration(code_of(title), REPLIES[title, case], with_sdk, here)
    assert len(found) == len(REPLIES), "a demonstration is not on the page"
    return found


DEMONSTRATIONS = demonstrations()


def outcome(sdk: Any, client_class: Any, code: str, replies: list[Reply]) -> str:
    """Return what code prints with a package, written as in the cell of a table."""
    with LocalServer(strict=False) as server:
        for reply in replies:
            server.enqueue(**reply, check=False)
        with client_class(api_key=KEY, base_url=server.url, max_retries=0) as client:
            names = {"sdk": sdk, "client": client, "server": server, "question": HELLO}
            return " / ".join(_cells(code, names))


def _cells(code: str, names: dict[str, Any]) -> Iterator[str]:
    try:
        for line in _printed(code, names):
            yield f"`{line}`"
    except Exception as error:
        yield f"raises `{type(error).__name__}`"


def _printed(code: str, names: dict[str, Any]) -> list[str]:
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(code, "coming-from-anthropic.md", "exec"), names)
    return printed.getvalue().splitlines()


# --- Names ---


LACKS = "What the SDK does that this package does not"
# Names of this package in that section.
HERE = {"Baseten", "response", "before_tool", "after_tool", "runner.messages", "messages.parse", "messages.stream"}
SAME = {where: names_in(names) for where, names in rows_of("The same in both")}
RENAMED = {names_in(old)[0]: names_in(new)[0] for old, new in rows_of("Another name here")}


def names_of(sdk: Any, client_class: Any) -> dict[str, set[str]]:
    """Return the names that objects of a package have, by where the page finds them."""

    @sdk.beta_tool  # type: ignore[untyped-decorator, unused-ignore]
    def now() -> str:
        """Tell the time."""
        return "12:00"

    found = {"the package": set(dir(sdk)) | {"__version__"}, "a tool": set(dir(now))}
    found["the constructors"] = set(signature(client_class).parameters)
    with LocalServer(strict=False) as server, client_class(api_key=KEY, base_url=server.url, max_retries=0) as client:
        message = client.messages.create(**HELLO)
        found |= {
            "a client": set(dir(client)),
            "`client.messages`": set(dir(client.messages)),
            "`client.beta.messages`": set(dir(client.beta.messages)),
            "`create(…)`": _arguments(client.messages.create),
            "a message": set(dir(message)),
            "`message.usage`": set(dir(message.usage)),
            "a raw response": set(dir(client.messages.with_raw_response.create(**HELLO))),
            "a tool runner": set(dir(client.beta.messages.tool_runner(tools=[now], **HELLO))),
        }
        with client.messages.stream(**HELLO) as stream:
            found["a stream"] = set(dir(stream))
        for where, error_class, reply in (
            ("an error of a status", sdk.APIStatusError, {"status": 400}),
            ("an error of a connection", sdk.APIConnectionError, {"drop": True}),
        ):
            server.enqueue(**reply)
            try:
                client.messages.create(**HELLO)
            except error_class as error:
                found[where] = {name for name in dir(error) if hasattr(error, name)}
    return found


def _arguments(function: Callable[..., Any]) -> set[str]:
    """Return the arguments of `create`. Those of this package are typed by a TypedDict."""
    parameters = signature(function).parameters
    names = {name for name, parameter in parameters.items() if parameter.kind is Parameter.KEYWORD_ONLY}
    if "fields" in parameters:
        from baseten_messages_client import CreateParams

        names |= CreateParams.__optional_keys__ | CreateParams.__required_keys__
    return names
