"""The deal and the assumptions beside it, and what is determined already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from payforsuccess.deal.assumptions import Assumptions
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.reading import read_assumptions
from payforsuccess.deal.results import Determination, Result
from payforsuccess.errors import Place, Problem, Refusal, sentence
from payforsuccess.payments.history import DealHistory
from payforsuccess.runs.files import read_bytes
from payforsuccess.runs.folder import DealFolder, DealPath, open_folder

FILE = "assumptions.yaml"


@dataclass(frozen=True)
class Financed:
    """What a look ahead rests on: `determinations` are all on record, where they count as known."""

    folder: DealFolder
    history: DealHistory
    assumptions: Assumptions
    known: tuple[Result, ...]
    file: Path
    determinations: tuple[Determination, ...] = ()

    @property
    def deal(self) -> Deal:
        """The latest version of the deal."""
        return self.history.latest


def open_financed(
    path: DealPath, *, assumptions: Path | None = None, with_known: bool = True
) -> Financed:
    """A deal's folder with its assumptions: `assumptions.yaml`, or the file named.

    With `with_known`, determinations on record count as known. Refuses a folder without
    assumptions, and all that either file has wrong.
    """
    folder = open_folder(path)
    history = folder.history()
    file = assumptions if assumptions is not None else folder.root / FILE
    if assumptions is None and not file.is_file():
        raise Refusal(
            Problem(
                sentence("There is no {file} beside the deal.", file=FILE),
                sentence(
                    "Write down what enrolment, costs and outcomes may come to; the how-to “Look "
                    "ahead” shows such a file."
                ),
                Place(str(file)),
            )
        )
    read = read_assumptions(read_bytes(file), history.latest, file=str(file))
    determinations = folder.determinations() if with_known else ()
    return Financed(folder, history, read, _determined(determinations), file, determinations)


def _determined(determinations: Sequence[Determination]) -> tuple[Result, ...]:
    """Every determined value that no later determination replaced."""
    superseded = {each.supersedes for each in determinations}
    return tuple(
        result
        for each in determinations
        if each.number not in superseded
        for result in each.results
    )
