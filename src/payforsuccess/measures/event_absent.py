"""Event absent: 1 for a person whose whole window holds no event, 0 with one, else unknown."""

from __future__ import annotations

from payforsuccess.deal.measures import EventAbsent
from payforsuccess.measures.counting import (
    compile_counted,
    compile_with_counts,
    dated_sources,
    reference_counted,
)
from payforsuccess.measures.excused import NOTHING_EXCUSED, Excused
from payforsuccess.measures.lazily import ibis, ir
from payforsuccess.measures.seen import Seen
from payforsuccess.measures.tables import (
    COLUMNS,
    KNOWN,
    PersonResult,
    PlainRecords,
    Tables,
)
from payforsuccess.measures.watching import STOP, compile_watched, reference_watched, status_of


def compile_event_absent(
    measure: EventAbsent, tables: Tables, *, seen: Seen, excused: Excused = NOTHING_EXCUSED
) -> ir.Table:
    """One row an enrolment of the population: see `PersonResult` for the columns.

    An event up to and on the day of an ending decides: 0. Without one, a window not seen to its
    end is unknown; an ending gives its rule's word: unknown (censor, and stop-the-clock, since
    the window was not gone through), 0 (fail) or 1 (succeed).
    """
    watched = compile_watched(measure, tables, seen=seen, excused=excused)
    counted = compile_counted(
        measure, watched, tables, event=measure.event, seen=seen, excused=excused
    )
    people = compile_with_counts(watched, counted)
    had_one = people.events > 0
    undecided = people.rule.isin(["censor", STOP]).fill_null(False)
    quantity = ibis.cases(
        (~people.is_seen, ibis.null("int64")),
        (had_one, ibis.literal(0, "int64")),
        (undecided, ibis.null("int64")),
        (people.rule == "fail", ibis.literal(0, "int64")),
        else_=ibis.literal(1, "int64"),
    )
    status = status_of(people, unknown=~had_one & undecided)
    return people.mutate(quantity=quantity, status=status).select(*COLUMNS).order_by("enrolment")


def reference_event_absent(
    measure: EventAbsent,
    records: PlainRecords,
    *,
    seen: Seen,
    excused: Excused = NOTHING_EXCUSED,
) -> list[PersonResult]:
    """The same by sets of days, in plain Python."""
    results = []
    for person in reference_watched(measure, records, seen=seen, excused=excused):
        events = reference_counted(measure, person, records, event=measure.event, seen=seen)
        quantity: int | None
        if not person.is_seen:
            quantity, status = None, person.unseen
        elif events:
            quantity, status = 0, KNOWN
        elif person.rule in ("censor", STOP):
            quantity, status = None, str(person.ending)
        else:
            quantity, status = (0 if person.rule == "fail" else 1), KNOWN
        results.append(person.result(quantity, status, dated_sources(events)))
    return results
