"""Event absent: 1 for a person whose whole window holds no event, 0 with one, else unknown."""

from __future__ import annotations

from datetime import date

import ibis
import ibis.expr.types as ir

from payforsuccess.deal.measures import EventAbsent
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


def compile_event_absent(
    measure: EventAbsent,
    tables: Tables,
    *,
    observed_through: date,
    excused: Excused = NOTHING_EXCUSED,
) -> ir.Table:
    """One row an enrolment of the population: see `PersonResult` for the columns.

    An event up to and on the day of an ending decides: 0. Without one, a window not seen to its
    end is unknown; an ending gives its rule's word: unknown (censor), 0 (fail) or 1 (succeed).
    """
    people = compile_watched(
        measure, tables, event=measure.event, excused=excused, observed_through=observed_through
    )
    had_one = people.events > 0
    quantity = ibis.cases(
        (~people.is_seen, ibis.null("int64")),
        (had_one, ibis.literal(0, "int64")),
        (people.rule == "censor", ibis.null("int64")),
        (people.rule == "fail", ibis.literal(0, "int64")),
        else_=ibis.literal(1, "int64"),
    )
    unknown = ~had_one & (people.rule == "censor").fill_null(False)
    status = status_of(people, unknown=unknown)
    return people.mutate(quantity=quantity, status=status).select(*COLUMNS).order_by("enrolment")


def reference_event_absent(
    measure: EventAbsent,
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
        quantity: int | None
        if not person.is_seen:
            quantity, status = None, NOT_YET_OBSERVED
        elif person.happened:
            quantity, status = 0, KNOWN
        elif person.rule == "censor":
            quantity, status = None, str(person.ending)
        else:
            quantity, status = (0 if person.rule == "fail" else 1), KNOWN
        results.append(person.result(quantity, status))
    return sorted(results, key=lambda result: result.enrolment)
