"""What a validator looks at before a determination, with counts and ranges (R120)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.measures import HeldWithoutBreak
from payforsuccess.deal.people import number_or_day
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.evaluation import interval_of_share
from payforsuccess.evaluation.proportions import Interval
from payforsuccess.measures.gaming import (
    compile_by_value,
    compile_ends_around,
    compile_exits_by_site,
)
from payforsuccess.measures.tables import Tables
from payforsuccess.runs.files import read_bytes
from payforsuccess.runs.track.courses import person_measure
from payforsuccess.store import Store

WITHIN_DAYS = 30
"""How many days after a milestone is just after it, and before it just before."""
LATE_AFTER_DAYS = 7
"""An entry made more than so many days after what it tells of is back-dated."""
CONFIDENCE = 0.95
PRIVATE = (
    "For the validator alone: small numbers are not hidden. What stands out may have a good "
    "reason: ask, before anything is made of it."
)
_COLUMNS = ("happened_on", "recorded_on")


@dataclass(frozen=True)
class Share:
    """So many of so many; no share of no one."""

    says: str
    count: int
    of: int

    @property
    def interval(self) -> Interval | None:
        """Wilson's interval of 95 percent."""
        return interval_of_share(self.count, self.of, confidence=CONFIDENCE) if self.of else None

    def as_plain(self) -> dict[str, object]:
        """The count, the denominator and the range, rounded to four places."""
        interval = self.interval
        ends = None if interval is None else [round(interval.low, 4), round(interval.high, 4)]
        return {"says": self.says, "count": self.count, "of": self.of, "interval": ends}

    def __str__(self) -> str:
        interval = self.interval
        if interval is None:
            return f"{self.says}: 0 of 0"
        return (
            f"{self.says}: {self.count:,} of {self.of:,}, {self.count / self.of:.0%} "
            f"({interval.low:.0%} to {interval.high:.0%})"
        )


@dataclass(frozen=True)
class GamingCheck:
    """One check: what is looked at, the share, what it stands beside, and whether it stands out.

    It stands out where the range of the one lies wholly above that of the other. not_checked: why
    it could not be, where nothing could.
    """

    name: str
    looked_at: Share | None
    beside: Share | None = None
    not_checked: str = ""

    @property
    def stands_out(self) -> bool:
        """Whether the ranges lie wholly apart."""
        one = self.looked_at.interval if self.looked_at is not None else None
        other = self.beside.interval if self.beside is not None else None
        return one is not None and other is not None and one.low > other.high

    def as_plain(self) -> dict[str, object]:
        """The check with its shares."""
        return {
            "name": self.name,
            "stands_out": self.stands_out,
            "looked_at": self.looked_at,
            "beside": self.beside,
            "not_checked": self.not_checked,
        }

    def lines(self) -> list[str]:
        """The check as text."""
        if self.looked_at is None:
            return [f"{self.name}: not checked, {self.not_checked}"]
        found = [f"{self.name}: {'STANDS OUT' if self.stands_out else 'nothing stands out'}"]
        return found + [f"  {each}" for each in (self.looked_at, self.beside) if each is not None]


def gaming_checks(
    deal: Deal, tables: Tables, store: Store, *, through: date, entries: Path | None
) -> tuple[GamingCheck, ...]:
    """All five checks; one that these records cannot answer says so."""
    return (
        *_ends(deal, tables, store, through),
        *_scores(deal, tables, store),
        *exits_by_site(store.run(compile_exits_by_site(tables)).to_pylist()),
        back_dated(entries),
    )


def _ends(deal: Deal, tables: Tables, store: Store, through: date) -> Iterator[GamingCheck]:
    paid = {name for term in deal.payments for name in term.outcomes_read()}
    any_milestone = False
    for name, outcome in deal.outcomes.items():
        measure = person_measure(outcome.measure)
        if not isinstance(measure, HeldWithoutBreak) or name not in paid:
            continue
        any_milestone = True
        (row,) = store.run(
            compile_ends_around(
                tables,
                state=measure.state,
                feeds=measure.feeds or tuple(source.feed for source in deal.data),
                months=measure.held_for.months,
                days=measure.held_for.days,
                within=WITHIN_DAYS,
                through=through,
            )
        ).to_pylist()
        yield GamingCheck(
            f"Ends just after {name} is earned",
            Share(f"ended in the {WITHIN_DAYS} days after", row["after"], row["of_after"]),
            Share(f"ended in the {WITHIN_DAYS} days before", row["before"], row["of_before"]),
        )
    if not any_milestone:
        why = "no payment term reads a state that is held for a time"
        yield GamingCheck("Ends just after a paid milestone", None, not_checked=why)


def _scores(deal: Deal, tables: Tables, store: Store) -> Iterator[GamingCheck]:
    tests = [
        (test.field, test.test == "at-least", value)
        for test in deal.people.eligible
        if test.test in ("at-least", "at-most") and test.value is not None
        if isinstance(value := number_or_day(test.value), Fraction)
    ]
    told = False
    for field, is_floor, threshold in tests:
        rows = store.run(compile_by_value(tables, trait=field)).to_pylist()
        values = [
            (Fraction(str(row["value"])), int(row["referred"]), int(row["declined"]))
            for row in rows
        ]
        if not values:
            continue
        told = True
        yield declines_by_difficulty(field, values)
        yield bunching(field, values, threshold=threshold, is_floor=is_floor)
    if not told:
        why = "no feed tells a score that eligibility hangs on"
        yield GamingCheck("Declines by predicted difficulty", None, not_checked=why)
        yield GamingCheck("Bunching at a threshold", None, not_checked=why)


def declines_by_difficulty(field: str, values: Sequence[tuple[Fraction, int, int]]) -> GamingCheck:
    """Declines among the half with the higher scores beside those of the other half.

    values: a score, the people referred with it, those declined. Who stands at the middle is in the
    lower half. A high score is taken to mean a harder case, as need and risk scores do.
    """
    ordered = sorted(values)
    half = sum(people for _, people, _ in ordered) / 2
    so_far, middle = 0, ordered[0][0]
    for value, people, _ in ordered:
        so_far += people
        middle = value
        if so_far >= half:
            break
    counts = {
        is_high: (
            sum(declined for value, _, declined in ordered if (value > middle) == is_high),
            sum(people for value, people, _ in ordered if (value > middle) == is_high),
        )
        for is_high in (True, False)
    }
    return GamingCheck(
        f"Declines by predicted difficulty ({field})",
        Share(f"declined above {float(middle):g}", *counts[True]),
        Share(f"declined at or below {float(middle):g}", *counts[False]),
    )


def bunching(
    field: str,
    values: Sequence[tuple[Fraction, int, int]],
    *,
    threshold: Fraction,
    is_floor: bool,
) -> GamingCheck:
    """People just inside a threshold, of those just inside and just outside it.

    Just is a tenth of the threshold, and 1 at least. By chance about half lie on either side; it
    stands out where the range lies wholly above two in three, for scores may rise or fall there.
    """
    width = max(Fraction(1), abs(threshold) / 10)
    if is_floor:
        inside = sum(n for v, n, _ in values if threshold <= v < threshold + width)
        outside = sum(n for v, n, _ in values if threshold - width <= v < threshold)
    else:
        inside = sum(n for v, n, _ in values if threshold - width < v <= threshold)
        outside = sum(n for v, n, _ in values if threshold < v <= threshold + width)
    return Bunching(
        f"Bunching at a threshold ({field} {float(threshold):g})",
        Share(f"just inside, of all within {float(width):g} of it", inside, inside + outside),
    )


@dataclass(frozen=True)
class Bunching(GamingCheck):
    """Its own bound: two in three."""

    @property
    def stands_out(self) -> bool:
        """Whether the range lies wholly above two in three."""
        one = self.looked_at.interval if self.looked_at is not None else None
        return one is not None and one.low > 2 / 3


def exits_by_site(rows: Sequence[Mapping[str, object]]) -> Iterator[GamingCheck]:
    """Each site's good ends, of all its ends, beside those of all other sites."""
    counts = {
        "not recorded" if row["site"] is None else str(row["site"]): (
            int(str(row["good"])),
            int(str(row["exits"])),
        )
        for row in rows
    }
    why = ""
    if len(counts) < 2:
        why = "fewer than two sites have an end on record"
    elif not any(good for good, _ in counts.values()):
        why = "no end on record says that it was good"
    if why:
        yield GamingCheck("Good ends by site", None, not_checked=why)
        return
    for site, (good, exits) in counts.items():
        others = [pair for name, pair in counts.items() if name != site]
        yield GamingCheck(
            f"Good ends by site: {site}",
            Share("ended well there", good, exits),
            Share("ended well elsewhere", sum(g for g, _ in others), sum(e for _, e in others)),
        )


def back_dated(entries: Path | None) -> GamingCheck:
    """Entries made long after what they tell of, by a list out of the provider's own system.

    A CSV file with the columns happened_on and recorded_on, one entry a row. Refuses a file without
    them, and days that are none; a value is never repeated.
    """
    name = f"Entries made more than {LATE_AFTER_DAYS} days late"
    if entries is None:
        why = "no feed tells when an entry was made; give a list of entries with `--entries`"
        return GamingCheck(name, None, not_checked=why)
    try:
        late, every = _counted_entries(entries)
    except csv.Error:
        raise Refusal(
            Problem(
                "The list of entries cannot be read as CSV.",
                "Check its quotes, and that no cell is longer than 131,072 characters.",
                Place(str(entries)),
            )
        ) from None
    return GamingCheck(name, Share("made late", late, every))


def _counted_entries(entries: Path) -> tuple[int, int]:
    """How many were made late, of how many."""
    text = read_bytes(entries).decode("utf-8-sig", errors="replace")
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    missing = [column for column in _COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise Refusal(
            Problem(
                f"The list of entries lacks: {', '.join(missing)}.",
                f"Give the columns {' and '.join(_COLUMNS)}.",
                Place(str(entries), 1),
            )
        )
    late, every = 0, 0
    problems: list[Problem] = []
    for row in reader:
        try:
            happened, recorded = (date.fromisoformat(str(row[name]).strip()) for name in _COLUMNS)
        except ValueError:
            problems.append(
                Problem(
                    "A day of this row is no day.",
                    "Write year-month-day.",
                    Place(str(entries), reader.line_num),
                )
            )
            if len(problems) >= 50:
                break
            continue
        every += 1
        late += (recorded - happened).days > LATE_AFTER_DAYS
    if problems:
        raise Refusal(problems)
    return late, every
