"""The programs that do not run with this package yet, and why."""

from __future__ import annotations

RUNNING = 6
"""How many programs run with this package. It only grows."""

REASONS = {
    "conversation": "no module `types`",
    "stream_helper_events": "no helper events (`text`), no `content_block` and `message` on the stop events",
    "tool_loop": "no module `types`",
    "usage_totals": "no module `types`",
}
"""Why a program does not run, by its name."""
