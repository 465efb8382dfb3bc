"""The programs that do not run with this package yet, and why."""

from __future__ import annotations

RUNNING = 44
"""How many programs run with this package. It only grows."""

_TYPES = "no module `types`"
_TOOL = "no `beta_tool`, no `client.beta.messages`"
_EVENTS = "no helper events: `text`, `input_json`, `thinking`, `signature`"
_RAW_RESPONSE = "no `messages.with_raw_response`"
_PARSE = "`parse` takes `output_type` only, no `output_format`; no `parsed_output`"
_HTTP_CLIENT = "no `DefaultHttpxClient` and `DefaultAsyncHttpxClient`"

REASONS = {
    "agent": _TYPES,
    "async_helper_events": f"{_EVENTS}; no `AsyncBaseten.close`",
    "async_http_client": _HTTP_CLIENT,
    "async_raw_stream": "no `AsyncBaseten.close`, no `is_closed`",
    "async_tool_loop": _TYPES,
    "async_workers": _TYPES,
    "beta_messages": f"{_TYPES}, also not `types.beta`; no `client.beta.messages`, and no `betas` in `create`",
    "chat_command": _TYPES,
    "client_options": "no `client.copy`, `max_retries`, `timeout`, `api_key` and `base_url`; no `DEFAULT_MAX_RETRIES`",
    "conversation": _TYPES,
    "deep_imports": "no modules `_exceptions`, `types.message`, `types.message_param`, `types.text_block`, …",
    "document_citations": "an object in a field beyond the schema is a dict: no `citation.cited_text`",
    "extra_query": "no `default_query` and `extra_query`",
    "forced_tool": _TYPES,
    "http_hooks": _HTTP_CLIENT,
    "image_input": _TYPES,
    "mock_transport": _HTTP_CLIENT,
    "mocked_client": _TYPES,
    "optional_arguments": "no `NOT_GIVEN`, `NotGiven` and `omit`",
    "parameters_as_dict": _TYPES,
    "parsed_list": _PARSE,
    "parsed_output": _PARSE,
    "parsed_stream": "`stream` has no `output_format`",
    "raw_response": _RAW_RESPONSE,
    "raw_response_async": _RAW_RESPONSE,
    "restored_message": f"{_TYPES}; no `model_validate` and `model_validate_json` of a message",
    "runner": _TOOL,
    "runner_async": f"{_TOOL}, no `beta_async_tool`",
    "runner_limit": f"{_TOOL}, no `max_iterations`, which ends the run without an error",
    "runner_results": f"{_TOOL}, no `generate_tool_call_response` of a runner",
    "runner_stream": f"{_TOOL}; {_EVENTS}",
    "runner_turns": f"{_TOOL}, no `max_iterations`",
    "stream_class_annotations": f"{_TYPES}; no `anthropic.Client` and `anthropic.Stream`; {_EVENTS}",
    "stream_cut": "no `current_message_snapshot` of a stream",
    "stream_event_classes": _TYPES,
    "stream_final_text": "no `client.is_closed`",
    "stream_helper_events": _EVENTS,
    "stream_snapshot": "no `current_message_snapshot` of a stream",
    "stream_thinking": _EVENTS,
    "stream_tool_input": _EVENTS,
    "streaming_response": "no `messages.with_streaming_response`",
    "thinking": _TYPES,
    "timeouts": "`Timeout` is a type, not the class of the HTTP library",
    "tool_definition_of_function": f"{_TOOL}, no `call` of a tool",
    "tool_loop": _TYPES,
    "typed_answers": _TYPES,
    "unknown_blocks": "no `model_extra` of a message",
    "usage_totals": _TYPES,
}
"""Why a program does not run, by its name."""
