"""The public path of the decoder of server-sent events, which turns bytes into frames without I/O."""

from ._streaming.sse import DEFAULT_MAX_FRAME_BYTES, Frame, FrameTooLargeError, SSEDecoder

__all__ = ["DEFAULT_MAX_FRAME_BYTES", "Frame", "FrameTooLargeError", "SSEDecoder"]
