"""`stream.yaml`: bytes to a stream."""

from __future__ import annotations

from payforsuccess.deal.reading.reader import read_whole
from payforsuccess.deal.stream import Stream


def read_stream(text: bytes | str, *, file: str = "stream.yaml") -> Stream:
    """The stream that a file states.

    Raises Refusal with every problem that could be found, in the order of the file.
    """
    return read_whole(Stream, text, file=file)
