"""Check `tests/typing`, the programs that must and must not type-check, against the built wheel."""
