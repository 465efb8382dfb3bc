"""A first conversation, streamed, and a second conversation with a tool.

With the key in BASETEN_API_KEY, the example talks to the service. Without the key, it talks to a local server.

make demo    or    python examples/quickstart.py ["a question"]
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

from baseten_messages_client import Baseten, BasetenError, tool

MODEL = "deepseek-ai/DeepSeek-V4-Pro"


@tool
def add(a: int, b: int) -> int:
    """Add two whole numbers."""
    return a + b


@contextmanager
def connect(*replies: Any) -> Iterator[tuple[Baseten, str]]:
    """Yield a client, and a text that says what it talks to. A local server sends these replies first."""
    if os.environ.get("BASETEN_API_KEY"):
        with Baseten() as client:
            yield client, f"{client!r}, with the key in BASETEN_API_KEY"
    else:
        from baseten_messages_client.testing import LocalServer

        with LocalServer() as server, Baseten(api_key="any", base_url=server.url) as client:
            for reply in replies:
                server.enqueue(reply)
            yield client, f"a local server at {server.url} (set BASETEN_API_KEY to use the service)"


def main() -> int:
    question = " ".join(sys.argv[1:]) or "Why is the sky blue, in one sentence?"
    record = json.loads(files("baseten_messages_client").joinpath("_generated/generated.json").read_text())
    print(f"schema    {record['schema']['file']}, version {record['schema']['version']}, ", end="")
    print(f"sha256 {record['schema']['sha256'][:12]}")
    try:
        with connect() as (client, server):
            print(f"server    {server}")
            print(f"model     {MODEL}")
            print(f"question  {question}")
            print("answer    ", end="", flush=True)
            with client.messages.stream(
                model=MODEL, max_tokens=256, messages=[{"role": "user", "content": question}]
            ) as stream:
                for text in stream.text_stream:
                    print(text, end="", flush=True)
                message = stream.get_final_message()
            usage = message.usage
            print(f"\ntokens    {usage.input_tokens} in, {usage.output_tokens} out (stopped by {message.stop_reason})")
            print(f"request   {message.request_id}")

            print("\nquestion  What is 17 plus 25? Use the tool.")
            runner = client.messages.tool_runner(
                tools=[add],
                before_tool=lambda call: print(f"tool      {call.name}({call.input})"),
                after_tool=lambda call, result: print(f"result    {result.content}"),
                model=MODEL,
                max_tokens=256,
                messages=[{"role": "user", "content": "What is 17 plus 25? Use the tool."}],
            )
            print(f"answer    {runner.until_done().text}")
            print(f"tokens    {runner.usage.input_tokens} in, {runner.usage.output_tokens} out, over all turns")
    except BasetenError as error:
        print(f"\n{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
