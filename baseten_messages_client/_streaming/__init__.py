"""Streams: everything that turns the bytes of a response into typed events and a message."""
