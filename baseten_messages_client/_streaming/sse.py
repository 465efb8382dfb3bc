"""The decoder of server-sent events. It turns bytes into frames and does no I/O."""

from __future__ import annotations

__all__ = ["DEFAULT_MAX_FRAME_BYTES", "Frame", "FrameTooLargeError", "SSEDecoder"]

DEFAULT_MAX_FRAME_BYTES = 16 * 1024 * 1024
_BOM = b"\xef\xbb\xbf"


Frame = tuple[bytes, bytes]
"""The name and the data of one event, as bytes. Either may be empty."""


class FrameTooLargeError(ValueError):
    """A frame is larger than the decoder's limit."""


class SSEDecoder:
    r"""Decodes server-sent events. Chunks may cut the bytes anywhere.

    Lines end only at LF, CRLF or CR, because JSON text may hold U+2028 or U+0085. Comments, `id` and `retry` are
    skipped. A frame needs a name or data. The HTML standard drops a frame without data, but some servers send only the
    name of an error. Source: "Server-sent events" in the HTML standard, and the wire rule "Framing".

    Args:
        max_frame_bytes: Largest size of a line, and of the data of a frame, in bytes.

    Example:
        >>> decoder = SSEDecoder()
        >>> decoder.feed(b"event: ping\ndata: {}\n")
        []
        >>> decoder.feed(b"\n")
        [(b'ping', b'{}')]
    """

    def __init__(self, max_frame_bytes: int = DEFAULT_MAX_FRAME_BYTES) -> None:
        self._limit = max_frame_bytes
        self._event_name = b""
        self._data: list[bytes] = []
        self._data_size = 0
        # The unfinished last line. A bytearray grows in place. Joining bytes at each chunk would take quadratic time.
        self._line = bytearray()
        self._after_cr = False
        self._at_start = True
        self._too_large = False

    def feed(self, chunk: bytes) -> list[Frame]:
        """Take the next bytes and return the frames that they complete.

        Raises:
            FrameTooLargeError: A frame exceeds the limit. The frames before it are returned first.
        """
        self._check_size()
        if self._after_cr and chunk:
            # The CR at the end of the last chunk has ended its line. An LF after it belongs to the same line end.
            self._after_cr = False
            chunk = chunk.removeprefix(b"\n")
        if b"\r" in chunk:
            self._after_cr = chunk.endswith(b"\r")
            chunk = chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        lines = chunk.split(b"\n")
        rest = lines.pop()
        frames: list[Frame] = []
        if lines:
            if self._line:
                lines[0] = bytes(self._line) + lines[0]
                self._line.clear()
            if self._at_start:
                self._at_start = False
                lines[0] = lines[0].removeprefix(_BOM)
            if len(lines[0]) > self._limit or len(chunk) > self._limit:
                self._cut_before_long_line(lines)
            self._read_lines(lines, frames)
        if rest:
            self._line += rest
            self._too_large = self._too_large or len(self._line) > self._limit
        if not frames:
            self._check_size()
        return frames

    def _read_lines(self, lines: list[bytes], frames: list[Frame]) -> None:
        for line in lines:
            if not line:
                data = self._data
                if data:
                    frames.append((self._event_name, data[0] if len(data) == 1 else b"\n".join(data)))
                    self._data = []
                    self._data_size = 0
                elif self._event_name:
                    frames.append((self._event_name, b""))
                self._event_name = b""
            elif line.startswith(b"data:") or line == b"data":
                self._data.append(line[6:] if line.startswith(b" ", 5) else line[5:])
                self._data_size += len(line)
                if self._data_size > self._limit:
                    self._too_large = True
                    return
            elif line.startswith(b"event:") or line == b"event":
                self._event_name = line[7:] if line.startswith(b" ", 6) else line[6:]

    def _cut_before_long_line(self, lines: list[bytes]) -> None:
        for number, line in enumerate(lines):
            if len(line) > self._limit:
                self._too_large = True
                del lines[number:]
                return

    def close(self) -> list[Frame]:
        """Return the last frame if the stream ended without the blank line after it.

        Raises:
            FrameTooLargeError: The last frame exceeds the limit.
        """
        self._after_cr = False
        return self.feed(b"\n\n" if self._line else b"\n")

    def _check_size(self) -> None:
        if self._too_large:
            raise FrameTooLargeError(f"a frame of the stream is larger than {self._limit} bytes")
