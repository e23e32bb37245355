"""A note to a computation: which run made a number, under which clause, in which steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from payforsuccess.reports.inline import required
from payforsuccess.trail import Step


@dataclass(frozen=True)
class Note:
    """How one number came to be. `key` is what note references name; the reader sees a number.

    run: the run that computed it. clause: where the contract says so. fingerprint: of the results
    it rests on; evidence: of the rows or the report those come from. steps: the arithmetic, in
    order. At least one of them is given.
    """

    key: str
    says: str
    run: str = ""
    clause: str = ""
    fingerprint: str = ""
    evidence: str = ""
    steps: tuple[Step, ...] = ()

    def __post_init__(self) -> None:
        required(self.key, "a note's key")
        required(self.says, "a note")
        if not (self.run or self.clause or self.fingerprint or self.evidence or self.steps):
            raise ValueError("a note names a run, a clause, a fingerprint or steps")


@dataclass(frozen=True)
class Notice:
    """Words that no reader may miss, such as "Not certified".

    In a document's `notices` it stands at the top on screen and its title on every printed page;
    among the blocks it stands in its place.
    """

    title: str
    says: str
    weight: Literal["warning", "information"] = "warning"

    def __post_init__(self) -> None:
        required(self.title, "a notice's title")
        required(self.says, "a notice")
