"""The programs that do not run with this package yet, and why."""

from __future__ import annotations

RUNNING = 85
"""How many programs run with this package. It only grows."""

REASONS = {
    "deep_imports": "no modules `_exceptions`, `types.message`, `types.message_param`, `types.text_block`, …",
    "extra_query": "no `default_query` and `extra_query`: the endpoint takes no query",
    "parsed_stream": "`stream` has no `output_format`",
    "runner_results": "no `generate_tool_call_response` of a runner: `before_tool` and `after_tool` see each call",
    "streaming_response": "no `messages.with_streaming_response`: a stream has its `response`",
    "timeouts": "`Timeout` is a type, not the class of the HTTP library",
    "tool_definition_of_function": "no `call` of a tool: the runner checks and calls, and the tool itself is callable",
}
"""Why a program does not run, by its name."""
