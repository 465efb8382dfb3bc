"""The sync and async clients cannot drift apart: the async source, with its marks removed, is the sync source.

The streams are written twice by hand and are not compared: a thread and a task wait for their server differently.
"""

from __future__ import annotations

import ast
import difflib
import inspect
import re
import textwrap

import pytest

from baseten_messages_client import AsyncBaseten, AsyncToolRunner, Baseten, ToolRunner
from baseten_messages_client._async_messages import AsyncMessages
from baseten_messages_client.messages import Messages

# What the async source says, and what the sync source says in its place.
SUBSTITUTIONS = [
    (r"\basync (def|with|for)\b", r"\1"),
    (r"\bawait ", ""),
    (r"__aenter__", "__enter__"),
    (r"__aexit__", "__exit__"),
    (r"__aiter__", "__iter__"),
    (r"__anext__", "__next__"),
    (r"\banext\b", "next"),
    (r"StopAsyncIteration", "StopIteration"),
    (r"\basynccontextmanager\b", "contextmanager"),
    (r"AbstractAsyncContextManager", "AbstractContextManager"),
    (r"Awaitable\[([^\[\]]*)\]", r"\1"),
    (r"\b_async_messages\b", "messages"),
    (r"\bAsync([A-Z])", r"\1"),
    (r"\baclose\b", "close"),
    (r"\baread\b", "read"),
    (r"\b(retry|send|open_stream|limit_timeout)_async\b", r"\1"),
    (r"\bcall_in_tasks\b", "call_in_threads"),
    (r"\b_awaited\b", "_not_async"),
]


def source(thing: object) -> str:
    """Return the code alone: no comments, docstrings or line breaks of the author."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(thing)))  # type: ignore[arg-type]
    for node in ast.walk(tree):
        if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and ast.get_docstring(node):
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree)


def without_async(text: str) -> str:
    for pattern, replacement in SUBSTITUTIONS:
        text = re.sub(pattern, replacement, text)
    return ast.unparse(ast.parse(text))


@pytest.mark.parametrize(
    ("sync", "asynchronous"),
    [(Baseten, AsyncBaseten), (Messages, AsyncMessages), (ToolRunner, AsyncToolRunner)],
    ids=lambda thing: thing.__name__,
)
def test_the_async_source_without_its_marks_is_the_sync_source(sync: object, asynchronous: object) -> None:
    expected, found = source(sync).splitlines(), without_async(source(asynchronous)).splitlines()
    assert len(expected) > 5
    assert list(difflib.unified_diff(expected, found, "sync", "async", lineterm="", n=0)) == []


def test_a_difference_between_twins_is_noticed() -> None:
    changed = source(AsyncMessages).replace("if stream:", "if not stream:", 1)
    assert without_async(changed) != source(Messages)
