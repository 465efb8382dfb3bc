"""Streams: from the bytes of a response to typed events and a message."""
