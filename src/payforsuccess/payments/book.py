"""The results a statement reads: determined values first, provisional ones where none is signed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from payforsuccess.deal.results import Determination, Result, Results, Standing
from payforsuccess.errors import Problem, Refusal, Sentence, sentence
from payforsuccess.trail import fingerprint

Slot = tuple[str, str, str]


@dataclass(frozen=True)
class Entry:
    """A result with its standing and, when determined, the number of the determination.

    `on` is the day on which the slot was first determined: a determination that supersedes an
    earlier one corrects it and keeps its day. `rows` is the fingerprint of the rows by person that
    were signed with the value.
    """

    result: Result
    standing: Standing
    determination: int | None = None
    on: date | None = None
    rows: str | None = None

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the value and all that goes with it."""
        return fingerprint(self.result.as_plain())


@dataclass(frozen=True)
class ResultBook:
    """Every result by its slot: outcome, period or point, cohort."""

    entries: Mapping[Slot, Entry]
    notes: tuple[str, ...] = ()

    def get(self, outcome: str, when: str, cohort: str = "") -> Entry | None:
        """The result in a slot; `when` is `period 3` or `point final`."""
        return self.entries.get((outcome, when, cohort))

    def cohorts(self, outcome: str, when: str) -> tuple[str, ...]:
        """The cohorts that have a result of their own in the slot, sorted."""
        return tuple(sorted(c for o, w, c in self.entries if (o, w) == (outcome, when) and c))


def open_book(
    results: Results | None,
    determinations: Sequence[Determination] = (),
    *,
    set_aside: Collection[tuple[int, Slot]] = (),
) -> ResultBook:
    """The book of a results file and the determinations recorded so far.

    A determination's values stand in place of the file's. One that supersedes another takes all
    its values away. set_aside: slots of determinations, by number, that are read as though nobody
    had signed them. Refuses two results in one slot, and two standing determinations of one slot.
    """
    problems: list[Problem] = []
    superseded = {d.supersedes for d in determinations if d.supersedes is not None}
    numbers = {d.number for d in determinations}
    for number in sorted(superseded - numbers):
        problems.append(
            Problem(
                sentence(
                    "A determination supersedes number {number}, which is not on record.",
                    number=number,
                ),
                sentence("Name a determination that exists."),
            )
        )
    provisional: dict[Slot, Entry] = {}
    for result in results.results if results is not None else ():
        if result.slot in provisional:
            problems.append(
                Problem(
                    sentence("There are two results for {slot}.", slot=_said(result.slot)),
                    sentence("Keep the one that holds; name cohorts if they differ."),
                )
            )
        provisional[result.slot] = Entry(result, "provisional")
    by_number = {d.number: d for d in determinations}
    determined: dict[Slot, Entry] = {}
    for determination in sorted(determinations, key=lambda d: d.number):
        if determination.number in superseded:
            continue
        for result in determination.results:
            if (determination.number, result.slot) in set_aside:
                continue
            if result.slot in determined:
                problems.append(
                    Problem(
                        sentence(
                            "Determinations {determination} and {number} both give {slot}.",
                            determination=determined[result.slot].determination or 0,
                            number=determination.number,
                            slot=_said(result.slot),
                        ),
                        sentence("The later one must name the one it supersedes."),
                    )
                )
            determined[result.slot] = Entry(
                result,
                "determined",
                determination.number,
                on=first_on(result.slot, determination, by_number),
                rows=signed_rows(result, determination),
            )
    if problems:
        raise Refusal(problems)
    notes = tuple(
        sentence(
            "The results file differs from determination {number} for {slot}; the determined "
            "value is used.",
            number=entry.determination or 0,
            slot=_said(slot),
        )
        for slot, entry in sorted(determined.items())
        if slot in provisional and provisional[slot].result.value != entry.result.value
    )
    return ResultBook({**provisional, **determined}, notes)


def first_on(
    slot: Slot, determination: Determination, by_number: Mapping[int, Determination]
) -> date:
    """The day on which a slot was first determined, along the determinations that supersede."""
    day, number = determination.on, determination.supersedes
    while number is not None and number in by_number:
        earlier = by_number[number]
        if any(result.slot == slot for result in earlier.results):
            day = min(day, earlier.on)
        number = earlier.supersedes
    return day


def signed_rows(result: Result, determination: Determination) -> str | None:
    """The fingerprint of the rows by person that were signed with a result, if there were any."""
    for rows in determination.rows:
        if (rows.outcome, rows.period) == (result.outcome, result.period):
            return rows.fingerprint
    return None


def said_when(when: str) -> Sentence:
    """`period 3` or `point final`, as a slot names it, for people."""
    kind, _, rest = when.partition(" ")
    if kind == "period":
        return sentence("period {number}", number=rest)
    return sentence("point {name}", name=rest)


def _said(slot: Slot) -> Sentence:
    outcome, when, cohort = slot
    of = sentence(", cohort {cohort}", cohort=cohort) if cohort else ""
    return sentence("`{outcome}` in {when}{of}", outcome=outcome, when=said_when(when), of=of)
