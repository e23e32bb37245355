"""`stream.yaml`: bytes to a stream."""

from __future__ import annotations

from payforsuccess.deal.deal import Source
from payforsuccess.deal.reading.problems import in_order
from payforsuccess.deal.reading.reader import build
from payforsuccess.deal.reading.tree import places_of
from payforsuccess.deal.stream import Stream
from payforsuccess.errors import Refusal


def read_stream(text: bytes | str, *, file: str = "stream.yaml") -> Stream:
    """The stream that a file states.

    Raises Refusal with every problem that could be found, in the order of the file.
    """
    built = build(Stream, text, file=file)
    if built.problems:
        raise Refusal(in_order(built.problems))
    return built.model.with_source(Source(file, places_of(built.tree, file)))
