"""A decoder of server-sent events: bytes in, frames out, no I/O."""

from ._streaming.sse import DEFAULT_MAX_FRAME_BYTES, Frame, FrameTooLargeError, SSEDecoder

__all__ = ["DEFAULT_MAX_FRAME_BYTES", "Frame", "FrameTooLargeError", "SSEDecoder"]
