"""The pretended model: it always gives the same answer to the same request."""

import hashlib
import json
import re
from typing import Any

from ._checks import blocks_of, invalid, tool_name
from ._events import to_json
from ._examples import NoExampleError, example
from ._tokens import count_tokens, first_tokens

_LONGEST_QUOTE = 1_000
_COMMON_WORDS = frozenset(
    {"a", "an", "and", "are", "can", "do", "for", "how", "i", "in"}
    | {"is", "it", "me", "of", "on", "the", "to", "what", "you"}
)


def answer(request: dict[str, Any], message_id: str) -> dict[str, Any]:
    """Answer a request like a model. If the last turn is the assistant's, the answer is the rest of that turn.

    Args:
        request: A request that passed all checks.
        message_id: The id of the message. The ids of tool calls are derived from it.

    Returns:
        The whole message.

    Raises:
        RefusedError: The request forces a call of a tool whose arguments cannot be invented.
    """
    turn, begun = _last_turns(request["messages"])
    results = [*blocks_of(turn, "tool_result"), *blocks_of(begun, "tool_result")]
    choice = request.get("tool_choice", {}).get("type", "auto")
    has_called = bool(blocks_of(begun, "tool_use"))
    tool = None if has_called or choice == "none" or (results and choice == "auto") else _choose_tool(request, turn)

    blocks: list[dict[str, Any]] = []
    if request.get("thinking", {}).get("type") == "enabled" and not begun:
        blocks.append({"type": "thinking", "thinking": _thought(results, tool), "signature": "erased"})
    stop_reason = "end_turn"
    if tool is None:
        text = _report(request, results) if results else _chat(request, turn)
        blocks.append({"type": "text", "text": text})
    elif "input_schema" in tool:
        stop_reason = "tool_use"
        blocks.append({"type": "text", "text": f"I will call {tool['name']}."})
        blocks.append(_tool_use(tool, turn_text(turn), message_id))
    else:
        blocks += _hosted_call(tool, turn_text(turn), message_id)

    blocks = _without_beginning(blocks, begun)
    message = {"id": message_id, "type": "message", "role": "assistant", "model": request["model"]}
    message |= _limited(blocks, stop_reason, request)
    message["usage"] = usage_of(request, message["content"])
    if done := [block["tool_use_id"] for block in blocks_of(message["content"], "tool_result")]:
        message["baseten"] = {"request": {"server_tool_calls": [{"id": call, "status": "succeeded"} for call in done]}}
    return message


def make_id(prefix: str, seed: Any) -> str:
    """Derive an id from a value. Equal values have equal ids."""
    return f"{prefix}_{hashlib.sha256(to_json(seed)).hexdigest()[:24]}"


def usage_of(request: dict[str, Any], content: list[Any]) -> dict[str, int]:
    """Count the tokens of a request and of the content that answers it."""
    prompt = _all_text([request.get(key) for key in ("system", "messages", "tools")])
    return {
        "input_tokens": count_tokens(prompt),
        "output_tokens": count_tokens(_all_text(content)),
        "cache_creation_input_tokens": 0,
    }


def turn_text(content: Any) -> str:
    """Join the text of a message or of a tool result. Its content may be plain text or blocks."""
    if isinstance(content, str):
        return content
    return "\n".join(block["text"] for block in blocks_of(content, "text"))


def _last_turns(messages: list[dict[str, Any]]) -> tuple[Any, list[dict[str, Any]]]:
    """Return the content of the user's last message, and the blocks of the assistant's turn after it."""
    position = max(index for index, message in enumerate(messages) if message["role"] == "user")
    begun: list[dict[str, Any]] = []
    for message in messages[position + 1 :]:
        content = message["content"]
        begun += [{"type": "text", "text": content}] if isinstance(content, str) else content
    return messages[position]["content"], begun


def _without_beginning(blocks: list[dict[str, Any]], begun: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out the text that the assistant's turn already has. After any other beginning, the text follows whole."""
    said = "".join(block["text"] for block in blocks_of(begun, "text"))
    if not said or blocks[0]["type"] != "text":
        return blocks
    text = blocks[0]["text"]
    rest = text.removeprefix(said)
    if rest == text and not said[-1].isspace():
        rest = f" {text}"
    return [{**blocks[0], "text": rest}, *blocks[1:]] if rest else blocks[1:]


def _all_text(value: Any) -> str:
    """Join every string inside a value that a model reads: no types, ids or image data."""
    if isinstance(value, dict):
        skipped = {"type", "id", "tool_use_id", "role", "data", "media_type", "signature"}
        return " ".join(_all_text(part) for key, part in value.items() if key not in skipped)
    if isinstance(value, list):
        return " ".join(_all_text(part) for part in value)
    return "" if value is None else str(value)


def _quote(text: str) -> str:
    """Quote a text. A very long text is shortened."""
    return f'"{text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…"}"'


def _images(content: Any) -> str:
    """Say how many images a content has, or nothing if there are none."""
    count = len(blocks_of(content, "image"))
    return f"{count} image{'s' if count > 1 else ''}" if count else ""


def _chat(request: dict[str, Any], content: Any) -> str:
    """Write a friendly answer that shows what the user sent."""
    text = turn_text(content)
    sentences = [f"Thank you for your message{f': {_quote(text)}' if text else ''}."]
    if images := _images(content):
        sentences.append(f"It came with {images}.")
    if system := turn_text(request.get("system", "")).strip():
        first_sentence = re.split(r"(?<=[.!?])\s", system)[0]
        sentences.append(f"My instructions begin with {_quote(first_sentence)}.")
    return " ".join([*sentences, f"I only pretend to be {request['model']}, so this is all I can say."])


def _report(request: dict[str, Any], results: list[dict[str, Any]]) -> str:
    """Write an answer from the results of tools."""
    calls = [call for message in request["messages"] for call in blocks_of(message["content"], "tool_use")]
    names = {call["id"]: call["name"] for call in calls}
    sentences = []
    for result in results:
        verb = "failed with" if result.get("is_error") else "returned"
        text = _quote(turn_text(result["content"]))
        images = _images(result["content"])
        sentences.append(f"{names[result['tool_use_id']]} {verb} {text}{images and f' and {images}'}.")
    return " ".join(sentences)


def _thought(results: list[dict[str, Any]], tool: dict[str, Any] | None) -> str:
    """Write the reasoning that comes before the answer."""
    if tool is not None:
        return f"The tool {tool_name(tool)} can help here."
    return "I have the results and will report them." if results else "A short, friendly answer will do."


def _choose_tool(request: dict[str, Any], content: Any) -> dict[str, Any] | None:
    """Choose the requested tool, else the tool that shares the most words with the user's text."""
    tools: list[dict[str, Any]] = request.get("tools", [])
    choice = request.get("tool_choice", {})
    if choice.get("type") == "tool":
        return next(tool for tool in tools if tool_name(tool) == choice["name"])
    wanted = _words(turn_text(content))
    # `max` returns the first of equals: the first tool if no tool shares a word.
    return max(
        tools,
        key=lambda tool: len(wanted & _words(f"{tool_name(tool)} {tool.get('description', '')}")),
        default=None,
    )


def _words(text: str) -> set[str]:
    """List the important words of a text. `get_weather` and `getWeather` are two words each."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", text)
    return set(re.findall(r"\w+", spaced.lower())) - _COMMON_WORDS


def _tool_use(tool: dict[str, Any], text: str, message_id: str) -> dict[str, Any]:
    """Write a tool call whose arguments fit the tool's schema."""
    try:
        arguments = example({"type": "object", **tool["input_schema"]}, text)
        if not isinstance(arguments, dict):
            raise NoExampleError("type", "tool arguments must be an object")
    except NoExampleError as error:
        raise invalid(
            f"tools: LocalServer cannot invent arguments for tool {tool['name']} ({error}); enqueue a reply instead"
        ) from error
    return {"type": "tool_use", "id": make_id("toolu", message_id), "name": tool["name"], "input": arguments}


def _hosted_call(tool: dict[str, Any], text: str, message_id: str) -> list[dict[str, Any]]:
    """Write a call of a hosted tool, its result, and an answer that uses the result."""
    call_id = make_id("toolu", message_id)
    found = {"results": [{"url": "https://example.com/", "title": f"A page about {text.strip() or 'nothing'}"}]}
    return [
        {"type": "tool_use", "id": call_id, "name": tool_name(tool), "input": {"query": text}},
        {"type": "tool_result", "tool_use_id": call_id, "content": json.dumps(found, ensure_ascii=False)},
        {"type": "text", "text": f"{tool_name(tool)} found {_quote(found['results'][0]['title'])}."},
    ]


def _limited(blocks: list[dict[str, Any]], stop_reason: str, request: dict[str, Any]) -> dict[str, Any]:
    """Cut the content where a stop sequence or the token limit ends it."""
    left = request["max_tokens"]
    content: list[dict[str, Any]] = []
    stop_sequence = None
    for block in blocks:
        if block["type"] == "text":
            block, stop_sequence = _stopped(block, request.get("stop_sequences", []))
        size = count_tokens(_all_text(block))
        if size > left:
            stop_reason, stop_sequence = "max_tokens", None
            # A call is whole or absent, since half of its arguments would not be a JSON object.
            if left > 0 and (field := block["type"]) in ("text", "thinking"):
                content.append({**block, field: first_tokens(block[field], left)})
            break
        content.append(block)
        left -= size
        if stop_sequence is not None:
            stop_reason = "stop_sequence"
            break
    return {"content": content, "stop_reason": stop_reason, "stop_sequence": stop_sequence}


def _stopped(block: dict[str, Any], stop_sequences: list[str]) -> tuple[dict[str, Any], str | None]:
    """Cut a text before the stop sequence that occurs first."""
    text = block["text"]
    found = [sequence for sequence in stop_sequences if sequence and sequence in text]
    if not found:
        return block, None
    first = min(found, key=text.index)
    return {**block, "text": text[: text.index(first)]}, first
