"""Extract typed data from a text: `parse` returns an instance of the given dataclass.

python examples/extract.py ["a text"]
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

from quickstart import MODEL, connect

from baseten_messages_client import BasetenError


@dataclass
class Person:
    """A person whom the text names."""

    name: str
    age: int


def main() -> int:
    text = " ".join(sys.argv[1:]) or "The prize went to Ada, who is 36."
    try:
        with connect() as (client, server):
            print(f"server    {server}\ntext      {text}")
            message = client.messages.parse(
                output_type=Person,
                model=MODEL,
                max_tokens=256,
                messages=[{"role": "user", "content": f"Who is in this text? {text}"}],
            )
    except BasetenError as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    print(f"output    {message.output}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
