"""All that a statement rests on, and what the statements before it said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from payforsuccess.deal.results import (
    Determination,
    PaymentMade,
    Results,
    Statement,
)
from payforsuccess.payments.book import Entry, ResultBook, Slot
from payforsuccess.payments.history import DealHistory
from payforsuccess.payments.line import Key
from payforsuccess.payments.people import People


@dataclass(frozen=True)
class Facts:
    """All that a statement rests on.

    `earlier` are the issued statements in order; `earlier_people` the rows by person that the last
    of them used (to tell a change of data from a change of this program). `accepted` are reasons
    given for differences that only this program explains, by term name. `set_aside` are signed
    results, by the number of their determination, that a draft reads as though nobody had signed
    them: it shows what a newer measurement would come to.
    """

    history: DealHistory
    results: Results | None
    determinations: tuple[Determination, ...] = ()
    people: People | None = None
    people_fingerprint: str | None = None
    earlier: tuple[Statement, ...] = ()
    earlier_people: People | None = None
    paid: tuple[PaymentMade, ...] = ()
    accepted: tuple[tuple[str, str], ...] = ()
    set_aside: tuple[tuple[int, Slot], ...] = ()


def stated_before(earlier: Sequence[Statement]) -> dict[Key, int]:
    """What all earlier statements together state for each (period, term)."""
    stated: dict[Key, int] = {}
    for statement in earlier:
        for line in statement.lines:
            key = (line.period, line.term)
            stated[key] = stated.get(key, 0) + line.amount
    return stated


def left_as_stated(statement: Statement, stated: Mapping[Key, int]) -> dict[Key, int]:
    """The lines that a statement could no longer correct, at what had been stated for them."""
    keys = [(item.period, item.term) for item in statement.not_corrected]
    return {key: stated.get(key, 0) for key in keys}


def old_book(statement: Statement) -> ResultBook:
    """The results as a statement used them."""
    entries = {
        used.result.slot: Entry(used.result, used.standing, used.determination)
        for used in statement.results
        if used.result is not None
    }
    return ResultBook(entries)


def used_by_payors(earlier: Sequence[Statement]) -> dict[str, int]:
    """What each payor owes on earlier statements together, in minor units."""
    used: dict[str, int] = {}
    for statement in earlier:
        for payor, amount in statement.payor_totals().items():
            used[payor] = used.get(payor, 0) + amount
    return used
