"""Tools: from a Python function to the block that answers a model's call."""
