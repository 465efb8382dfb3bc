"""The mechanical port: what a user changes to run a program for the `anthropic` SDK with this package.

Only imports, constructors, the model and the names of environment variables change. `TABLE` lists the changes in order.
"""

from __future__ import annotations

import re
from typing import NamedTuple

MODEL = "deepseek-ai/DeepSeek-V4-Pro"


class Change(NamedTuple):
    """One change of a program's text.

    Attributes:
        pattern: What to replace, as a regular expression. `^` and `$` match at lines.
        replacement: What to write instead, as in `re.sub`.
    """

    pattern: str
    replacement: str


def renamed(old: str, new: str) -> list[Change]:
    """Return the changes for a name that mentions the vendor: where it is an attribute, and where it is imported."""
    return [
        Change(rf"\banthropic\.{old}\b", f"anthropic.{new}"),
        Change(rf"^(from anthropic import (?:\([^)]*?|[^(\n]*?))\b{old}\b", rf"\1{new} as {old}"),
    ]


TABLE = [
    *renamed("Anthropic", "Baseten"),
    *renamed("AsyncAnthropic", "AsyncBaseten"),
    *renamed("AnthropicError", "BasetenError"),
    Change(r"^import anthropic$", "import baseten_messages_client as anthropic"),
    Change(r"^from anthropic\b", "from baseten_messages_client"),
    Change(r"\bclaude-[a-z]+-\d+-\d+\b", MODEL),
    Change(r"\bANTHROPIC_(API_KEY|BASE_URL)\b", r"BASETEN_\1"),
]


def port(program: str) -> str:
    """Return the text of a program for the SDK, changed to run with this package."""
    for pattern, replacement in TABLE:
        program = re.sub(pattern, replacement, program, flags=re.MULTILINE)
    return program
