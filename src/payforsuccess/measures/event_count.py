"""Event count: how many events of one kind a person's window holds, or unknown."""

from __future__ import annotations

from datetime import date

import ibis
import ibis.expr.types as ir

from payforsuccess.deal.measures import EventCount
from payforsuccess.measures.excused import NOTHING_EXCUSED, Excused
from payforsuccess.measures.tables import (
    COLUMNS,
    KNOWN,
    NOT_YET_OBSERVED,
    PersonResult,
    PlainRecords,
    Tables,
)
from payforsuccess.measures.watching import (
    compile_watched,
    reference_watched,
    status_of,
)


def compile_event_count(
    measure: EventCount,
    tables: Tables,
    *,
    observed_through: date,
    excused: Excused = NOTHING_EXCUSED,
) -> ir.Table:
    """One row an enrolment of the population: see `PersonResult` for the columns.

    A window not seen to its end, or ended by something that censors, is unknown, whatever it held
    so far; an ending that succeeds leaves the count of what came up to and on its day.
    """
    people = compile_watched(
        measure, tables, event=measure.event, excused=excused, observed_through=observed_through
    )
    count = people.days_with_one if measure.counts == "days" else people.events
    if measure.at_most_each_person is not None:
        count = ibis.least(count, ibis.literal(measure.at_most_each_person, "int64"))
    censored = (people.rule == "censor").fill_null(False)
    quantity = ibis.ifelse(~people.is_seen | censored, ibis.null("int64"), count)
    status = status_of(people, unknown=censored)
    return people.mutate(quantity=quantity, status=status).select(*COLUMNS).order_by("enrolment")


def reference_event_count(
    measure: EventCount,
    records: PlainRecords,
    *,
    observed_through: date,
    excused: Excused = NOTHING_EXCUSED,
) -> list[PersonResult]:
    """The same by sets of days, in plain Python."""
    results = []
    for person in reference_watched(
        measure, records, event=measure.event, excused=excused, observed_through=observed_through
    ):
        days = [day for day, _, _ in person.happened]
        count = len(set(days)) if measure.counts == "days" else len(days)
        if measure.at_most_each_person is not None:
            count = min(count, measure.at_most_each_person)
        if not person.is_seen:
            results.append(person.result(None, NOT_YET_OBSERVED))
        elif person.rule == "censor":
            results.append(person.result(None, str(person.ending)))
        else:
            results.append(person.result(count, KNOWN))
    return sorted(results, key=lambda result: result.enrolment)
