"""What the pretended model says, and when it calls a tool."""

from typing import Any

import pytest

from baseten_messages_client.testing._checks import RefusedError
from baseten_messages_client.testing._model import answer
from baseten_messages_client.testing._tokens import count_tokens

IMAGE = {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "AAAA"}}


def ask(content: Any = "Hello!", **parameters: Any) -> dict[str, Any]:
    messages = parameters.pop("messages", [{"role": "user", "content": content}])
    return answer({"model": "a/one", "max_tokens": 1000, "messages": messages, **parameters}, "msg_1")


def text_of(message: dict[str, Any]) -> str:
    return "".join(block["text"] for block in message["content"] if block["type"] == "text")


def tool(name: str, description: str = "", **properties: Any) -> dict[str, Any]:
    schema = {"type": "object", "properties": properties, "required": list(properties)}
    return {"name": name, "description": description, "input_schema": schema}


WEATHER = tool("get_weather", "Tells the weather.", city={"type": "string"})
CLOCK = tool("getTime", "Tells the hour.", zone={"type": "string"})


def after_call(*results: Any, name: str = "get_weather", **extra: Any) -> list[dict[str, Any]]:
    blocks = [{"type": "tool_result", "tool_use_id": f"t{n}", "content": r, **extra} for n, r in enumerate(results)]
    calls = [{"type": "tool_use", "id": f"t{n}", "name": name, "input": {}} for n in range(len(results))]
    return [
        {"role": "user", "content": "What is the weather?"},
        {"role": "assistant", "content": calls},
        {"role": "user", "content": blocks},
    ]


def test_the_answer_is_always_the_same_and_quotes_the_user() -> None:
    message = ask("What is the weather in Paris?")
    assert message == ask("What is the weather in Paris?")
    assert '"What is the weather in Paris?"' in text_of(message)
    assert "a/one" in text_of(message)
    assert (message["stop_reason"], message["stop_sequence"], message["id"]) == ("end_turn", None, "msg_1")


@pytest.mark.parametrize(
    ("system", "quote"),
    [
        ("Speak like a pirate. Be brief.", '"Speak like a pirate."'),
        ([{"type": "text", "text": "Be brief"}], '"Be brief"'),
    ],
)
def test_the_answer_quotes_its_instructions(system: Any, quote: str) -> None:
    assert quote in text_of(ask(system=system))


def test_the_answer_counts_images() -> None:
    assert "1 image." in text_of(ask([IMAGE, {"type": "text", "text": "Look!"}]))
    assert "2 images." in text_of(ask([IMAGE, IMAGE]))
    assert "image" not in text_of(ask())


def test_thinking_comes_first() -> None:
    thinking, text = ask(thinking={"type": "enabled"})["content"]
    assert (thinking["type"], thinking["signature"], text["type"]) == ("thinking", "erased", "text")
    assert ask(thinking={"type": "disabled"})["content"][0]["type"] == "text"
    assert ask(thinking={"type": "enabled"}, messages=after_call("18"))["content"][0]["type"] == "thinking"


def begun(*content: Any, user: Any = "Hello!", **parameters: Any) -> dict[str, Any]:
    """Ask with a history that ends with the assistant's turn."""
    turns = [{"role": "assistant", "content": part} for part in content]
    return ask(messages=[{"role": "user", "content": user}, *turns], **parameters)


@pytest.mark.parametrize("limit", [1, 2, 7])
def test_a_turn_that_was_cut_goes_on_where_it_ended(limit: int) -> None:
    cut = ask(max_tokens=limit)
    assert text_of(cut) + text_of(begun(text_of(cut))) == text_of(ask())
    assert text_of(cut) + text_of(begun(cut["content"])) == text_of(ask())


def test_a_turn_that_is_whole_needs_nothing_more() -> None:
    message = begun(ask()["content"])
    assert (message["content"], message["stop_reason"], message["usage"]["output_tokens"]) == ([], "end_turn", 0)


@pytest.mark.parametrize(
    ("prefill", "start"), [(["Sure."], " Thank"), (["Sure. "], "Thank"), (["Sure", ". "], "Thank"), ([[]], "Thank")]
)
def test_another_beginning_is_followed_by_the_answer(prefill: list[Any], start: str) -> None:
    message = begun(*prefill, thinking={"type": "enabled"})
    assert text_of(message).startswith(start)
    assert [block["type"] for block in message["content"]] == (["text"] if prefill != [[]] else ["thinking", "text"])


def test_a_tool_is_called_after_the_text_that_announced_it() -> None:
    whole = ask("Weather?", tools=[WEATHER])
    rest = begun("I will call", user="Weather?", tools=[WEATHER])
    assert rest["stop_reason"] == "tool_use"
    assert text_of(rest) == " get_weather."
    assert rest["content"][1]["input"] == whole["content"][1]["input"]


@pytest.mark.parametrize("results", [[], [{"type": "tool_result", "tool_use_id": "h1", "content": "found"}]])
def test_a_paused_turn_with_a_hosted_call_ends_with_text(results: list[Any]) -> None:
    call = {"type": "tool_use", "id": "h1", "name": "baseten__exa__web_search_exa", "input": {"query": "x"}}
    message = begun([call, *results], tools=[{"type": "baseten__exa__web_search_exa"}, WEATHER])
    assert (message["stop_reason"], [block["type"] for block in message["content"]]) == ("end_turn", ["text"])
    assert ('baseten__exa__web_search_exa returned "found".' in text_of(message)) is bool(results)


@pytest.mark.parametrize("limit", [1, 2, 7])
def test_max_tokens_cuts_the_text(limit: int) -> None:
    message = ask(max_tokens=limit)
    assert message["stop_reason"] == "max_tokens"
    assert message["usage"]["output_tokens"] == limit == count_tokens(text_of(message))
    assert text_of(ask()).startswith(text_of(message))


def test_as_many_tokens_as_needed_do_not_cut_the_text() -> None:
    needed = ask()["usage"]["output_tokens"]
    assert ask(max_tokens=needed)["stop_reason"] == "end_turn"
    assert ask(max_tokens=needed - 1)["stop_reason"] == "max_tokens"


def test_thinking_counts_towards_the_limit() -> None:
    [thinking] = ask(max_tokens=3, thinking={"type": "enabled"})["content"]
    assert count_tokens(thinking["thinking"]) == 3
    thought = count_tokens(ask(thinking={"type": "enabled"})["content"][0]["thinking"])
    [thinking] = ask(max_tokens=thought, thinking={"type": "enabled"})["content"]
    assert count_tokens(thinking["thinking"]) == thought


def test_a_call_beyond_the_limit_is_left_out() -> None:
    message = ask(max_tokens=6, tools=[WEATHER])
    assert [block["type"] for block in message["content"]] == ["text"]
    assert message["stop_reason"] == "max_tokens"


@pytest.mark.parametrize(
    ("sequences", "stopped"),
    [(["for"], "for"), (["message", "Thank"], "Thank"), (["", "you"], "you"), (["nowhere"], None), ([], None)],
)
def test_stop_sequences_cut_the_text(sequences: list[str], stopped: str | None) -> None:
    message = ask(stop_sequences=sequences)
    assert message["stop_sequence"] == stopped
    assert message["stop_reason"] == ("stop_sequence" if stopped else "end_turn")
    assert stopped is None or stopped not in text_of(message)


def test_whichever_limit_comes_first_wins() -> None:
    assert ask(stop_sequences=["message"], max_tokens=2)["stop_reason"] == "max_tokens"
    assert ask(stop_sequences=["Thank"], max_tokens=2)["stop_reason"] == "stop_sequence"


def call_of(message: dict[str, Any]) -> dict[str, Any]:
    assert message["stop_reason"] == "tool_use"
    text, call = message["content"]
    assert text["type"] == "text"
    assert call["type"] == "tool_use"
    assert call["id"].startswith("toolu_")
    return {call["name"]: call["input"]}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("What is the weather in Paris?", {"get_weather": {"city": "Paris"}}),
        ("Weather for New York, please", {"get_weather": {"city": "New York"}}),
        ("weather tomorrow", {"get_weather": {"city": "tomorrow"}}),
        ("What time is it?", {"getTime": {"zone": "it"}}),
        ("Hello!", {"get_weather": {"city": "Hello"}}),
        ("", {"get_weather": {"city": "example"}}),
        ([IMAGE], {"get_weather": {"city": "example"}}),
    ],
)
def test_the_tool_that_fits_the_text_is_called(content: Any, expected: dict[str, Any]) -> None:
    assert call_of(ask(content, tools=[WEATHER, CLOCK])) == expected


def test_numbers_come_from_the_text() -> None:
    add = tool("add", a={"type": "integer"}, b={"type": "number"})
    assert call_of(ask("What is 17 and 2.5?", tools=[add])) == {"add": {"a": 17, "b": 2.5}}


def test_tool_choice_decides_whether_and_which_tool_is_called() -> None:
    tools = [WEATHER, CLOCK]
    assert "getTime" in call_of(ask("The weather", tools=tools, tool_choice={"type": "tool", "name": "getTime"}))
    assert "get_weather" in call_of(ask("Hello!", tools=tools, tool_choice={"type": "any"}))
    assert ask("The weather", tools=tools, tool_choice={"type": "none"})["stop_reason"] == "end_turn"


def test_a_tool_without_parameters_is_called_with_an_empty_object() -> None:
    assert call_of(ask(tools=[{"name": "now", "input_schema": {}}])) == {"now": {}}


def test_the_error_for_unusual_schemas_names_the_tool_and_the_keyword() -> None:
    hard = {"type": "object", "required": ["x"], "properties": {"x": {"type": "string", "pattern": "(?=a)b"}}}
    with pytest.raises(
        RefusedError, match=r"cannot invent arguments for tool hard \(schema keyword `pattern`.*enqueue a reply"
    ):
        ask(tools=[{"name": "hard", "input_schema": hard}])
    with pytest.raises(RefusedError, match="cannot invent arguments"):
        ask(tools=[{"name": "hard", "input_schema": {"type": "string"}}])


@pytest.mark.parametrize(
    ("messages", "text"),
    [
        (after_call("18 degrees"), 'get_weather returned "18 degrees".'),
        (after_call("18", "20"), 'get_weather returned "18". get_weather returned "20".'),
        (after_call("no such city", is_error=True), 'get_weather failed with "no such city".'),
        (after_call([{"type": "text", "text": "18"}, IMAGE]), 'get_weather returned "18" and 1 image.'),
    ],
)
def test_results_are_reported_even_when_tools_are_there(messages: list[dict[str, Any]], text: str) -> None:
    message = ask(messages=messages, tools=[WEATHER])
    assert text_of(message) == text
    assert message["stop_reason"] == "end_turn"


def test_a_forced_choice_calls_again_after_results() -> None:
    assert "get_weather" in call_of(ask(messages=after_call("18"), tools=[WEATHER], tool_choice={"type": "any"}))


def test_usage_counts_what_reaches_the_model() -> None:
    base = ask("one two")["usage"]
    assert base["input_tokens"] == 2
    assert base["cache_creation_input_tokens"] == 0
    assert ask("one two", system="three")["usage"]["input_tokens"] == 3
    assert ask("one two", tools=[WEATHER])["usage"]["input_tokens"] > 2
    assert ask([IMAGE, {"type": "text", "text": "one two"}])["usage"]["input_tokens"] == 2
