"""What a document rests on: the files and records it was made from, each with its checksum."""

from __future__ import annotations

from collections.abc import Sequence

from payforsuccess.reports.document import Block, Heading
from payforsuccess.reports.inline import Exactly
from payforsuccess.reports.table import Cell, Column, Table, cell
from payforsuccess.trail import RunInput


def rests_on(inputs: Sequence[RunInput], *, level: int = 2) -> tuple[Block, ...]:
    """A heading and a table of the inputs; nothing where there are none."""
    if not inputs:
        return ()
    return (
        Heading(level, "What it rests on", "rests-on"),
        Table(
            "The files it was made from: the same files give the same document",
            (Column("What"), Column("Checksum")),
            tuple((cell(each.name), Cell((Exactly(each.fingerprint),))) for each in inputs),
        ),
    )
