"""Names of the official SDK, so that a program written for it runs after its import, constructor and model changed.

Each is another way to something that this package has. `docs/coming-from-anthropic.md` lists them. Nothing below
imports this room: without it, the client would only lack these names.
"""
