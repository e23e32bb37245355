"""Results that can no longer change anything: what a period that is final was stated on."""

from __future__ import annotations

from collections.abc import Collection

from payforsuccess.deal.results import Statement
from payforsuccess.errors import Problem, sentence
from payforsuccess.payments.book import Entry, ResultBook, Slot, said_when
from payforsuccess.payments.line import Key, used_fingerprint
from payforsuccess.payments.replay import Replay


def frozen_slots(replayed: Replay, pinned: Collection[Key]) -> set[Slot]:
    """The slots that only pinned lines read in their own period.

    What such a line was stated on stands also where later periods add it up, so that nothing
    later makes up for a difference that was left as it is. A slot that another line of the period
    reads with effect is not frozen: there the line's amount alone stands.
    """
    frozen: set[Slot] = set()
    live: set[Slot] = set()
    for key, line in replayed.lines.items():
        own = f"period {line.period.number}"
        slots = {
            (used.outcome, used.when, used.cohort)
            for used in line.used
            if used.when == own or used.when.startswith("point ")
        }
        if key in pinned:
            frozen |= slots
        else:
            live |= slots
    return frozen - live


def with_frozen(book: ResultBook, last: Statement, frozen: Collection[Slot]) -> ResultBook:
    """The book with the frozen slots as the last statement read them."""
    entries = {slot: entry for slot, entry in book.entries.items() if slot not in frozen}
    for used in last.results:
        slot = (used.outcome, used.slot, used.cohort)
        if slot in frozen and used.result is not None:
            entries[slot] = Entry(used.result, used.standing, used.determination)
    return ResultBook(entries, book.notes)


def changed_rows(replayed: Replay, last: Statement, frozen: Collection[Slot]) -> list[Problem]:
    """Rows by person of a frozen slot that are no longer what the last statement read.

    They could move an amount from a person whose line is final to another whose line is not.
    """
    before = {(used.outcome, used.slot, used.cohort): used for used in last.results}
    problems: list[Problem] = []
    for line in replayed.lines.values():
        for used in line.used:
            slot = (used.outcome, used.when, used.cohort)
            old = before.get(slot)
            if slot not in frozen or not used.people_fingerprint or old is None:
                continue
            if old.by_person and old.inputs != used_fingerprint(used):
                problems.append(
                    Problem(
                        sentence(
                            "The rows by person for `{outcome}` in {when} have changed, and what "
                            "was stated on them can no longer be corrected.",
                            outcome=used.outcome,
                            when=said_when(used.when),
                        ),
                        sentence(
                            "Put back the rows of {when} as statement {number} used them; they "
                            "lie in its folder.",
                            when=said_when(used.when),
                            number=last.number,
                        ),
                    )
                )
    return list(dict.fromkeys(problems))
