"""Money sum: the amounts of one kind of event in a person's window, added up, or unknown."""

from __future__ import annotations

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
from payforsuccess.measures.rounding import (
    DECIMAL,
    as_decimal,
    as_literal,
    compile_rounded,
    rounded,
)
from payforsuccess.measures.seen import Seen
from payforsuccess.measures.sources import joined_sources
from payforsuccess.measures.tables import (
    COLUMNS,
    KNOWN,
    NO_AMOUNT,
    NOT_YET_OBSERVED,
    PersonResult,
    PlainRecords,
    Tables,
)
from payforsuccess.measures.watching import compile_watched, reference_watched, status_of


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
            counted.on, counted.source, where=counted.source != counted.own_source
        ),
    )
    people = with_found(watched, sums)
    nothing = ibis.literal(Decimal(0), DECIMAL)
    total = compile_rounded(people.total.fill_null(nothing), measure.rounding)
    if measure.at_most_each_person is not None:
        total = ibis.least(total, as_literal(measure.at_most_each_person))
    censored = (people.rule == "censor").fill_null(False)
    incomplete = people.without > 0
    quantity = ibis.ifelse(
        ~people.is_seen | censored | incomplete, ibis.null(DECIMAL), total.cast(DECIMAL)
    )
    status = status_of(people, unknown=censored)
    status = ibis.ifelse((status == KNOWN) & incomplete, ibis.literal(NO_AMOUNT), status)
    return people.mutate(quantity=quantity, status=status).select(*COLUMNS).order_by("enrolment")


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
        known = [Fraction(amount) for amount in amounts if amount is not None]
        total = rounded(sum(known, Fraction(0)), measure.rounding)
        if measure.at_most_each_person is not None:
            total = min(total, as_decimal(measure.at_most_each_person))
        quantity: Decimal | None = None
        if not person.is_seen:
            status = NOT_YET_OBSERVED
        elif person.rule == "censor":
            status = str(person.ending)
        elif len(known) < len(amounts):
            status = NO_AMOUNT
        else:
            quantity, status = total, KNOWN
        results.append(person.result(quantity, status, dated_sources(events)))
    return results
