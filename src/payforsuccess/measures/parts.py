"""`earned: as-it-happens`: each person's quantity, part by part, in the period that earned it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from payforsuccess.measures.lazily import ibis, ir
from payforsuccess.measures.sources import joined_sources, sources_text, with_sources
from payforsuccess.measures.watching import WatchedPerson
from payforsuccess.measures.windows import day_after
from payforsuccess.units import Period


@dataclass(frozen=True)
class Earned:
    """What a kind says of when its quantity is earned, as expressions.

    people: the watched people. units: enrolment, from_on, to_on, quantity; a row whose two days
    are one is earned on that day, else a quantity of days is spread over its stretch, a day each.
    rows: enrolment, from_on, to_on, source: what a part rests on, if it began before the part's
    period ended and ended after the period began.
    """

    people: ir.Table
    units: ir.Table
    rows: ir.Table


@dataclass(frozen=True)
class EarnedByPerson:
    """The same of one person, in plain Python: each unit by its day, and the rows by their days."""

    person: WatchedPerson
    units: Sequence[date]
    rows: Sequence[tuple[date, date, str]]


@dataclass(frozen=True)
class Part:
    """What one enrolment earned in one period, and the rows it rests on."""

    enrolment: str
    person: str
    period: int
    quantity: int
    source: str


NEVER = date(9999, 12, 31)
"""As the last day of a row: whatever is earned later rests on it too."""

PART_COLUMNS = ("enrolment", "person", "period", "quantity", "source")


def compile_parts(earned: Earned, *, periods: Sequence[Period]) -> ir.Table:
    """One row an enrolment and period in which something was earned; see `Part` for the columns.

    What is earned outside all periods is not here. An ending takes effect from its day on: what
    was earned up to and on it stands under every rule.
    """
    units = earned.units
    is_point = units.from_on == units.to_on
    after = is_point.ifelse(day_after(units.from_on), units.to_on)
    first = ibis.greatest(_number(units.from_on, periods), 1)
    last = ibis.least(_number(day_after(after, -1), periods), len(periods))
    spread = units.mutate(is_point=is_point, first=first, last=last)
    spread = spread.filter(spread.first <= spread.last)
    spread = spread.mutate(period=ibis.range(spread.first, spread.last + 1).unnest())
    start = _of_period(spread.period, [period.start for period in periods])
    end = _of_period(spread.period, [period.end for period in periods])
    days = ibis.least(spread.to_on, end).delta(ibis.greatest(spread.from_on, start), unit="day")
    parts = spread.mutate(quantity=spread.is_point.ifelse(spread.quantity.cast("int64"), days))
    sums = parts.group_by("enrolment", "period").aggregate(
        quantity=parts.quantity.sum().cast("int32").cast("int64")
    )
    people = earned.people.select("enrolment", "person", "own_source", "start_source")
    dated = sums.inner_join(people, "enrolment").inner_join(earned.rows, "enrolment")
    dated = dated.filter(
        dated.from_on < _of_period(dated.period, [period.end for period in periods]),
        dated.to_on > _of_period(dated.period, [period.start for period in periods]),
        dated.source != dated.own_source,
    )
    sources = dated.group_by("enrolment", "period").aggregate(
        row_sources=joined_sources(dated.from_on, dated.source)
    )
    found = sums.inner_join(people, "enrolment").left_join(sources, ["enrolment", "period"])
    return (
        found.select(
            "enrolment",
            "person",
            "quantity",
            period=found.period + (periods[0].number - 1),
            source=with_sources(found.own_source, found.start_source, found.row_sources),
        )
        .select(*PART_COLUMNS)
        .order_by("enrolment", "period")
    )


def _number(day: ir.DateValue, periods: Sequence[Period]) -> ir.IntegerValue:
    """The number of the period that holds a day; 0 before the first, one more after the last."""
    edges = [*(period.start for period in periods), periods[-1].end]
    total = ibis.literal(0, "int32")
    for edge in edges:
        total = total + (day >= ibis.literal(edge)).cast("int32")
    return total.cast("int64")


def _of_period(number: ir.IntegerValue, days: Sequence[date]) -> ir.DateValue:
    # the number counts from the first of these periods, 1
    return ibis.array([ibis.literal(day) for day in days])[number - 1]


def reference_parts(earned: Iterable[EarnedByPerson], *, periods: Sequence[Period]) -> list[Part]:
    """What `compile_parts` says, day by day."""
    parts = []
    for one in earned:
        for period in periods:
            quantity = sum(day in period for day in one.units)
            if not quantity:
                continue
            dated = [
                (first, source)
                for first, after, source in one.rows
                if first < period.end and after > period.start
            ]
            parts.append(
                Part(
                    one.person.enrolment.enrolment,
                    one.person.enrolment.person,
                    period.number,
                    quantity,
                    sources_text(one.person.own_sources, dated),
                )
            )
    return parts
