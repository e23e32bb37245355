"""Many small made-up cases in one set of records, and measures over them, from a seed.

A case has people of its own, named by its number, so that one query answers for hundreds of them.
Days lie around the end of January and 29 February; stays overlap, touch, stay open and last no
day; people are enrolled twice, on one day or never; they die, move and are jailed in their windows.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from pydantic import TypeAdapter

from payforsuccess.deal.measures import MeasureBase, PersonMeasure
from payforsuccess.measures import (
    EnrolmentRow,
    EventRow,
    Excused,
    PlainRecords,
    Seen,
    SpellRow,
)
from tests.spec.drawing import ExcusedDays

FIRST = date(2024, 1, 20)
WINDOWS = ("1 day", "7 days", "2 weeks", "1 month", "2 months", "3 months")
STATES = ("housed", "housed", "housed", "housed", "custody", "jailed", "sheltered")
EVENTS = ("arrest", "arrest", "arrest", "release", "exit-permanent", "death", "move", "transfer")
FAILING = ("event-absent", "held-without-break")
KINDS = ("days-in-state", "event-absent", "event-count", "held-without-break")
ENDINGS = ("death", "move", "custody", "transfer")


def made_measure(kind: str, rng: Random) -> MeasureBase:
    """A measure of a kind; what it does not say of itself is drawn."""
    rules = ["censor", "succeed", "stop-the-clock", *(["fail"] if kind in FAILING else [])]
    starts: list[dict[str, Any]] = [{"starts_at": "enrolment"}] * 3
    starts += [{"starts_at": "event", "start_event": name} for name in ("release", "arrest")]
    stated = {
        "kind": kind,
        "population": {"says": "Everyone", "arms": rng.choice([[], [], ["aid"]])},
        "window": rng.choice(WINDOWS),
        "feeds": ["court", "jail"],
        **rng.choice(starts),
        **{f"on_{ending}": rng.choice(rules) for ending in ENDINGS},
        **_OWN[kind](rng),
    }
    adapter: TypeAdapter[MeasureBase] = TypeAdapter(PersonMeasure)
    return adapter.validate_python({key: v for key, v in stated.items() if v is not None})


def _days(rng: Random) -> dict[str, Any]:
    own: dict[str, Any] = {
        "state": rng.choice(["housed", "housed", "jailed"]),
        "less": rng.choice([None, "sheltered"]),
        "unit": rng.choice(["day", "day", "month", "quarter"]),
    }
    if rng.random() < 0.5:
        own["after_holding"] = rng.choice(["3 days", "1 week", "1 month"])
        own["counts_from"] = rng.choice(["start", "qualification"])
    return own


def _held(rng: Random) -> dict[str, Any]:
    lapses = rng.choice([0, 0, 1, 2])
    return {
        "state": "housed",
        "held_for": rng.choice(["5 days", "2 weeks", "1 month"]),
        "lapses": lapses,
        "lapse_days": rng.choice([1, 2]) if lapses else 0,
        "lapses_lie": rng.choice(["between-stays", "anywhere"]) if lapses else "between-stays",
        "good_exits": rng.choice([[], ["exit-permanent"]]),
    }


def _count(rng: Random) -> dict[str, Any]:
    limit = rng.choice([None, "2"])
    return {
        "event": "arrest",
        "counts": rng.choice(["days", "each"]),
        "at_most_each_person": limit,
    }


_OWN = {
    "days-in-state": _days,
    "event-absent": lambda rng: {"event": "arrest"},
    "event-count": _count,
    "held-without-break": _held,
}


def made_records(cases: int, rng: Random) -> PlainRecords:
    """The rows of all cases; now and then a case has none."""
    enrolments, spells, events = [], [], []
    for case in range(cases):
        people = [f"{case:04}p1", f"{case:04}p2"]
        for number in range(rng.randrange(4)):
            day = rng.choice([None, *[_day(rng, 40)] * 5])
            enrolments.append(
                EnrolmentRow(
                    f"{case:04}e{number}",
                    rng.choice(people),
                    enrolled_on=day,
                    arm=rng.choice([None, "aid", "none"]),
                    feed="intake",
                    row=len(enrolments) + 1,
                )
            )
        for _ in range(rng.choice([0, 1, 4, 6, 9])):
            start = _day(rng, 90)
            end = start + timedelta(days=rng.randrange(40))
            spells.append(
                SpellRow(
                    rng.choice(STATES),
                    rng.choice(people),
                    start,
                    rng.choice([None, *[end] * 6]),
                    feed=rng.choice(["court", "jail", "jail", "other"]),
                    file=rng.choice([None, "Exit"]),
                    row=len(spells) + 1,
                )
            )
        for _ in range(rng.choice([0, 0, 1, 3])):
            events.append(
                EventRow(
                    rng.choice(EVENTS),
                    rng.choice(people),
                    _day(rng, 90),
                    feed=rng.choice(["court", "court", "other"]),
                    file=rng.choice([None, "Exit"]),
                    row=len(events) + 1,
                )
            )
    return PlainRecords(tuple(enrolments), tuple(spells), tuple(events))


def made_seen(rng: Random) -> Seen:
    """Two feeds that reach to days of their own; a third does not count."""
    return Seen({feed: FIRST + timedelta(days=rng.choice([50, 90, 200])) for feed in FEEDS})


FEEDS: Sequence[str] = ("court", "jail")


def made_excused(rng: Random) -> Excused:
    """Up to three excused stretches, or none."""
    effects = ["days-not-counted", "window-extended", "baseline-reset"]
    facts = []
    for _ in range(rng.choice([0, 0, 1, 3])):
        first = _day(rng, 70)
        last = first + timedelta(days=rng.randrange(9))
        facts.append(ExcusedDays(first, last, rng.choice(effects)))
    return Excused.of(facts)


def _day(rng: Random, within: int) -> date:
    return FIRST + timedelta(days=rng.randrange(within))
