"""The programs that do not run with this package yet, and why."""

from __future__ import annotations

RUNNING = 100
"""How many programs run with this package. It only grows."""

REASONS = {
    "base_url_parts": "`client.base_url` is a string, not the URL of the HTTP library",
    "changed_client": "a client does not change: `with_options` gives another one",
    "deep_imports": "no modules `_exceptions`, `types.message`, `types.message_param`, `types.text_block`, …",
    "extra_query": "no `default_query` and `extra_query`: the endpoint takes no query",
    "handmade_connection_errors": "`APITimeoutError` takes its request by keyword only",
    "parsed_stream": "`stream` has no `output_format`",
    "patched_resource": "no module `resources.messages`: the class is `messages.Messages`",
    "raw_response_retries": "no `retries_taken` of a raw response",
    "runner_results": "no `generate_tool_call_response` of a runner: `before_tool` and `after_tool` see each call",
    "streaming_response": "no `messages.with_streaming_response`: a stream has its `response`",
    "timeouts": "`Timeout` is a type, not the class of the HTTP library",
    "to_dict_options": "`to_dict` takes no options: `model_dump` does",
    "tool_definition_of_function": "no `call` of a tool: the runner checks and calls, and the tool itself is callable",
}
"""Why a program does not run, by its name."""
