"""`earned: as-it-happens`: each person's quantity, part by part, in the period that earned it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from payforsuccess.deal.measures import MeasureBase
from payforsuccess.measures.clock import stops_in_custody
from payforsuccess.measures.lazily import ibis, ir
from payforsuccess.measures.rounding import DECIMAL
from payforsuccess.measures.seen import Seen
from payforsuccess.measures.sources import joined_sources, names, sources_text, with_sources
from payforsuccess.measures.tables import Tables
from payforsuccess.measures.watching import WatchedPerson, compile_stopping
from payforsuccess.measures.windows import day_after
from payforsuccess.units import Period


@dataclass(frozen=True)
class Earned:
    """What a kind says of when its quantity is earned, as expressions.

    people: the watched people. units: enrolment, from_on, to_on, quantity; a row whose two days
    are one is earned on that day, else a quantity of days is spread over its stretch, a day each.
    rows: enrolment, from_on, to_on, source: what a part rests on, if it began before the part's
    period ended and ended after the period began. What ended the watching, and the custody that
    stopped the clock, are among them: see `compile_all_rows`.
    """

    people: ir.Table
    units: ir.Table
    rows: ir.Table


@dataclass(frozen=True)
class EarnedByPerson:
    """The same of one person, in plain Python: each unit by its day, and the rows by their days.

    units: a day for each unit; a quantity that need not be 1 stands beside its day. rows: without
    what ended the watching and what stopped the clock, which the person has.
    """

    person: WatchedPerson
    units: Sequence[date | tuple[date, Decimal]]
    rows: Sequence[tuple[date, date, str]]


@dataclass(frozen=True)
class Part:
    """What one enrolment earned in one period, and the rows it rests on."""

    enrolment: str
    person: str
    period: int
    quantity: int | Decimal
    source: str


NEVER = date(9999, 12, 31)
"""As the last day of a row: whatever is earned later rests on it too."""

PART_COLUMNS = ("enrolment", "person", "period", "quantity", "source")


def compile_all_rows(
    measure: MeasureBase, people: ir.Table, rows: ir.Table, tables: Tables, seen: Seen
) -> ir.Table:
    """The rows with what ended the watching, and with the custody that stopped the clock.

    Either bears on everything earned from its day on.
    """
    columns = ["enrolment", "from_on", "source", "to_on"]
    ended = people.filter(people.ending_source.notnull())
    ended = ended.select(
        "enrolment",
        from_on=day_after(ended.closes_on, -1),
        source="ending_source",
        to_on=ibis.literal(NEVER),
    )
    rows = rows.select(*columns).union(ended)
    if not stops_in_custody(measure):
        return rows
    stays = compile_stopping(people, tables, seen)
    stays = stays.drop("to_on").mutate(to_on=ibis.literal(NEVER))
    return rows.union(stays.select(*columns))


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
    is_whole = units.quantity.type().is_integer()
    number = spread.quantity.cast("int64" if is_whole else DECIMAL)
    parts = spread.mutate(quantity=spread.is_point.ifelse(number, days.cast(number.type())))
    total = parts.quantity.sum()
    sums = parts.group_by("enrolment", "period").aggregate(
        quantity=total.cast("int32").cast("int64") if is_whole else total.cast(DECIMAL)
    )
    sums = sums.filter(sums.quantity != 0)
    people = earned.people.select(
        "enrolment",
        "person",
        started_by=with_sources(earned.people.own_source, earned.people.start_source),
    )
    dated = sums.inner_join(people, "enrolment").inner_join(earned.rows, "enrolment")
    dated = dated.filter(
        dated.from_on < _of_period(dated.period, [period.end for period in periods]),
        dated.to_on > _of_period(dated.period, [period.start for period in periods]),
        ~names(dated.started_by, dated.source),
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
            source=with_sources(found.started_by, found.row_sources),
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
            quantity = sum(_quantity(unit) for unit in one.units if _day(unit) in period)
            if not quantity:
                continue
            dated = [
                (first, source)
                for first, after, source in [*one.rows, *_stopping(one.person)]
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


def _stopping(person: WatchedPerson) -> list[tuple[date, date, str]]:
    rows = [(first, NEVER, source) for first, source in person.stopping]
    if person.ending_source:
        rows.append((person.closes_on - timedelta(days=1), NEVER, person.ending_source))
    return rows


def _day(unit: date | tuple[date, Decimal]) -> date:
    return unit[0] if isinstance(unit, tuple) else unit


def _quantity(unit: date | tuple[date, Decimal]) -> int | Decimal:
    return unit[1] if isinstance(unit, tuple) else 1
