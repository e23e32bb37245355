"""Quarters with earnings: in how many calendar quarters of the window a person earns the floor."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from payforsuccess.deal.fields import Duration
from payforsuccess.deal.measures import QuartersWithEarnings
from payforsuccess.measures.counting import (
    compile_counted,
    dated_sources,
    reference_counted,
    with_found,
)
from payforsuccess.measures.excused import NOTHING_EXCUSED, Excused
from payforsuccess.measures.lazily import ibis, ir
from payforsuccess.measures.rounding import as_literal
from payforsuccess.measures.seen import Seen
from payforsuccess.measures.sources import joined_sources, names
from payforsuccess.measures.tables import (
    COLUMNS,
    KNOWN,
    NO_AMOUNT,
    EventRow,
    PersonResult,
    PlainRecords,
    Tables,
)
from payforsuccess.measures.watching import (
    WatchedPerson,
    compile_watched,
    reference_watched,
    status_of,
)
from payforsuccess.measures.windows import as_day, length_after
from payforsuccess.units import add_months

QUARTER = Duration(3, "month")


def compile_quarters_with_earnings(
    measure: QuartersWithEarnings,
    tables: Tables,
    *,
    seen: Seen,
    excused: Excused = NOTHING_EXCUSED,
) -> ir.Table:
    """One row an enrolment of the population: see `PersonResult` for the columns.

    A quarter counts if its last day lies inside the window, up to and on the day of an ending.
    Amounts are put into the quarter of their day, whatever the number of employers. An amount that
    is missing in a quarter that counts makes the result unknown.
    """
    watched = compile_watched(measure, tables, seen=seen, excused=excused)
    counted = compile_counted(
        measure, watched, tables, event=measure.amounts_of, seen=seen, excused=excused
    )
    dated = counted.mutate(quarter=as_day(counted.on.truncate("Q")))
    inside = length_after(dated.quarter, QUARTER) <= dated.closes_on
    if measure.looks == "back":
        inside &= dated.quarter >= dated.start_on
    elif not measure.counts_first_quarter:
        inside &= dated.quarter > dated.start_on
    dated = dated.filter(inside)
    earned = dated.group_by("enrolment", "quarter").aggregate(
        total=dated.amount.sum(), without=dated.amount.isnull().sum()
    )
    numbers = earned.group_by("enrolment").aggregate(
        quarters=(earned.total >= as_literal(measure.floor)).fill_null(False).sum(),
        without=earned.without.sum().cast("int64"),
    )
    sources = dated.group_by("enrolment").aggregate(
        event_sources=joined_sources(
            dated.on, dated.source, where=~names(dated.own_sources, dated.source)
        )
    )
    found = numbers.inner_join(sources, "enrolment").select(
        "enrolment", "quarters", "without", "event_sources"
    )
    people = with_found(watched, found)
    censored = (people.rule == "censor").fill_null(False)
    incomplete = people.without > 0
    quantity = ibis.ifelse(
        ~people.is_seen | censored | incomplete, ibis.null("int64"), people.quarters
    )
    status = status_of(people, unknown=censored)
    status = ibis.ifelse((status == KNOWN) & incomplete, ibis.literal(NO_AMOUNT), status)
    return people.mutate(quantity=quantity, status=status).select(*COLUMNS).order_by("enrolment")


def reference_quarters_with_earnings(
    measure: QuartersWithEarnings,
    records: PlainRecords,
    *,
    seen: Seen,
    excused: Excused = NOTHING_EXCUSED,
) -> list[PersonResult]:
    """The same by sets of days, in plain Python."""
    results = []
    for person in reference_watched(measure, records, seen=seen, excused=excused):
        events = reference_counted(measure, person, records, event=measure.amounts_of, seen=seen)
        by_quarter = _by_quarter(measure, person, events)
        inside = [event for of_quarter in by_quarter.values() for event in of_quarter]
        quantity: int | None = None
        if not person.is_seen:
            status = person.unseen
        elif person.rule == "censor":
            status = str(person.ending)
        elif any(event.amount is None for event in inside):
            status = NO_AMOUNT
        else:
            totals = [sum(_amounts(of_quarter)) for of_quarter in by_quarter.values()]
            quantity, status = sum(total >= measure.floor for total in totals), KNOWN
        results.append(person.result(quantity, status, dated_sources(inside)))
    return results


def _by_quarter(
    measure: QuartersWithEarnings, person: WatchedPerson, events: list[EventRow]
) -> dict[date, list[EventRow]]:
    """The events of each quarter that counts, by the quarter's first day."""
    found: dict[date, list[EventRow]] = {}
    for event in events:
        day = event.happened_on
        first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
        if add_months(first, 3) <= person.closes_on and _counts_from(measure, person, first):
            found.setdefault(first, []).append(event)
    return found


def _amounts(events: Iterable[EventRow]) -> list[Fraction]:
    return [Fraction(event.amount) for event in events if event.amount is not None]


def _counts_from(measure: QuartersWithEarnings, person: WatchedPerson, first: date) -> bool:
    """Whether a quarter with this first day counts, as far as the window's beginning decides."""
    if measure.looks == "back":
        return first >= person.days[0]
    return measure.counts_first_quarter or first > person.days[0]
