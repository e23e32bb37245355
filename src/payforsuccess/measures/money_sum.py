"""Money sum: the amounts of one kind of event in a person's window, added up, or unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from payforsuccess.deal.measures import MoneySum
from payforsuccess.measures.counting import (
    compile_counted,
    dated_sources,
    reference_counted,
    with_found,
)
from payforsuccess.measures.excused import NOTHING_EXCUSED, Excused
from payforsuccess.measures.lazily import ibis, ir
from payforsuccess.measures.parts import Earned, EarnedByPerson, compile_all_rows
from payforsuccess.measures.rounding import (
    DECIMAL,
    as_decimal,
    as_literal,
    compile_rounded,
    rounded,
)
from payforsuccess.measures.seen import Seen
from payforsuccess.measures.sources import joined_sources, names
from payforsuccess.measures.tables import (
    COLUMNS,
    KNOWN,
    NO_AMOUNT,
    PersonResult,
    PlainRecords,
    Tables,
)
from payforsuccess.measures.watching import compile_watched, reference_watched, status_of
from payforsuccess.measures.windows import day_after


def compile_money_sum(
    measure: MoneySum, tables: Tables, *, seen: Seen, excused: Excused = NOTHING_EXCUSED
) -> ir.Table:
    """One row an enrolment of the population: see `PersonResult` for the columns.

    A window not seen to its end, ended by something that censors, or with an event that has no
    amount, is unknown; any other ending leaves what came up to and on its day. The sum is rounded
    as the measure says and then cut to `at_most_each_person`.
    """
    watched = compile_watched(measure, tables, seen=seen, excused=excused)
    counted = compile_counted(
        measure, watched, tables, event=measure.amounts_of, seen=seen, excused=excused
    )
    sums = counted.group_by("enrolment").aggregate(
        total=counted.amount.sum().cast(DECIMAL),
        without=counted.amount.isnull().sum(),
        event_sources=joined_sources(
            counted.on, counted.source, where=~names(counted.own_sources, counted.source)
        ),
    )
    people = with_found(watched, sums)
    nothing = ibis.literal(Decimal(0), DECIMAL)
    total = _limited(measure, compile_rounded(people.total.fill_null(nothing), measure.rounding))
    censored = (people.rule == "censor").fill_null(False)
    incomplete = people.without > 0
    quantity = ibis.ifelse(
        ~people.is_seen | censored | incomplete, ibis.null(DECIMAL), total.cast(DECIMAL)
    )
    status = status_of(people, unknown=censored)
    status = ibis.ifelse((status == KNOWN) & incomplete, ibis.literal(NO_AMOUNT), status)
    return people.mutate(quantity=quantity, status=status).select(*COLUMNS).order_by("enrolment")


def compile_sums_earned(
    measure: MoneySum, tables: Tables, *, seen: Seen, excused: Excused = NOTHING_EXCUSED
) -> Earned:
    """Each amount, earned on the day of its event, whether or not the window is over.

    The sum to date is rounded and limited after each event, and the event earns by how much that
    rises (or falls): so the parts add up to the whole sum. From an event without an amount on the
    sum to date is not known, and nothing is earned until it is.
    """
    watched = compile_watched(measure, tables, seen=seen, excused=excused)
    counted = compile_counted(
        measure, watched, tables, event=measure.amounts_of, seen=seen, excused=excused
    )
    order = ["on", "source"]
    upto = ibis.window(group_by="enrolment", order_by=order, preceding=(None, 0), following=None)
    earned = counted.select(
        "enrolment",
        "on",
        "source",
        total=counted.amount.sum().over(upto).cast(DECIMAL),
        without=counted.amount.isnull().sum().over(upto),
    )
    earned = earned.filter(earned.without == 0)
    to_date = _limited(measure, compile_rounded(earned.total, measure.rounding))
    earned = earned.mutate(to_date=to_date.cast(DECIMAL))
    before = earned.to_date.lag().over(ibis.window(group_by="enrolment", order_by=order))
    nothing = ibis.literal(Decimal(0), DECIMAL)
    earned = earned.mutate(quantity=(earned.to_date - before.coalesce(nothing)).cast(DECIMAL))
    rows = counted.select("enrolment", "source", from_on="on", to_on=day_after(counted.on))
    return Earned(
        watched,
        earned.select("enrolment", from_on="on", to_on="on", quantity="quantity"),
        compile_all_rows(measure, watched, rows, tables, seen),
    )


def compile_without_amount(
    measure: MoneySum, tables: Tables, *, seen: Seen, excused: Excused = NOTHING_EXCUSED
) -> ir.Table:
    """The enrolments with an event that counts and has no amount: enrolment, once each."""
    watched = compile_watched(measure, tables, seen=seen, excused=excused)
    counted = compile_counted(
        measure, watched, tables, event=measure.amounts_of, seen=seen, excused=excused
    )
    return counted.filter(counted.amount.isnull()).select("enrolment").distinct()


def _limited(measure: MoneySum, total: ir.Value) -> ir.Value:
    if measure.at_most_each_person is None:
        return total
    return ibis.least(total, as_literal(measure.at_most_each_person))


def reference_money_sum(
    measure: MoneySum,
    records: PlainRecords,
    *,
    seen: Seen,
    excused: Excused = NOTHING_EXCUSED,
) -> list[PersonResult]:
    """The same by sets of days, in plain Python."""
    results = []
    for person in reference_watched(measure, records, seen=seen, excused=excused):
        events = reference_counted(measure, person, records, event=measure.amounts_of, seen=seen)
        amounts = [event.amount for event in events]
        known = [amount for amount in amounts if amount is not None]
        total = _reference_total(measure, known)
        quantity: Decimal | None = None
        if not person.is_seen:
            status = person.unseen
        elif person.rule == "censor":
            status = str(person.ending)
        elif len(known) < len(amounts):
            status = NO_AMOUNT
        else:
            quantity, status = total, KNOWN
        results.append(person.result(quantity, status, dated_sources(events)))
    return results


def reference_sums_earned(
    measure: MoneySum,
    records: PlainRecords,
    *,
    seen: Seen,
    excused: Excused = NOTHING_EXCUSED,
) -> Iterator[EarnedByPerson]:
    """What `compile_sums_earned` says."""
    for person in reference_watched(measure, records, seen=seen, excused=excused):
        events = reference_counted(measure, person, records, event=measure.amounts_of, seen=seen)
        known: list[Decimal] = []
        units = []
        for event in events:
            if event.amount is None:
                break
            before = _reference_total(measure, known)
            known.append(event.amount)
            units.append((event.happened_on, _reference_total(measure, known) - before))
        rows = [(day, day + timedelta(days=1), source) for day, source in dated_sources(events)]
        yield EarnedByPerson(person, units, rows)


def _reference_total(measure: MoneySum, amounts: Iterable[Decimal]) -> Decimal:
    total = rounded(sum(map(Fraction, amounts), Fraction(0)), measure.rounding)
    if measure.at_most_each_person is None:
        return total
    return min(total, as_decimal(measure.at_most_each_person))
