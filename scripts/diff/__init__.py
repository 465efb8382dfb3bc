"""What a change does to callers: the public surface, the two comparisons, and the report on them."""
