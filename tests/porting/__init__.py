"""Programs for the official `anthropic` SDK, which run with this package after a mechanical change."""
