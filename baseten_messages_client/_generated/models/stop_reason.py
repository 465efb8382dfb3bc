# Written by `make generate` from openapi.yaml and openapi-overlay.yaml. Do not edit.
from typing import Literal

StopReason = Literal["end_turn", "max_tokens", "stop_sequence", "tool_use"]

STOP_REASON_VALUES: set[StopReason] = {
    "end_turn",
    "max_tokens",
    "stop_sequence",
    "tool_use",
}


def check_stop_reason(value: str) -> StopReason:
    if value in STOP_REASON_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {STOP_REASON_VALUES!r}")
