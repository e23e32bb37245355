"""Certified units: how many units a named party certified in a person's window, or unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from payforsuccess.deal.measures import CertifiedUnits
from payforsuccess.errors import Place, Problem
from payforsuccess.measures.counting import (
    compile_counted,
    compile_with_counts,
    dated_sources,
    reference_counted,
)
from payforsuccess.measures.excused import NOTHING_EXCUSED, Excused
from payforsuccess.measures.lazily import ibis, ir
from payforsuccess.measures.parts import Earned, EarnedByPerson, compile_all_rows
from payforsuccess.measures.seen import Seen
from payforsuccess.measures.tables import (
    COLUMNS,
    KNOWN,
    PersonResult,
    PlainRecords,
    Tables,
)
from payforsuccess.measures.watching import compile_watched, reference_watched, status_of
from payforsuccess.measures.windows import day_after


def check_certifier(
    measure: CertifiedUnits, holders: Iterable[str], *, where: Place
) -> tuple[Problem, ...]:
    """A problem when none of the feeds is held by the party whose certificate counts."""
    if measure.certified_by in holders:
        return ()
    return (
        Problem(
            f"{measure.certified_by} is to certify the units and holds none of the feeds that are "
            "counted.",
            "Name the feed that holds its certificates, or the party that holds this one.",
            where,
        ),
    )


def compile_certified_units(
    measure: CertifiedUnits, tables: Tables, *, seen: Seen, excused: Excused = NOTHING_EXCUSED
) -> ir.Table:
    """One row an enrolment of the population: see `PersonResult` for the columns.

    Each row of the records is one unit, also the second of a day. A window not seen to its end, or
    ended by something that censors, is unknown; any other ending leaves what came up to and on its
    day. Whose certificate the rows are is checked before, by `check_certifier`.
    """
    watched = compile_watched(measure, tables, seen=seen, excused=excused)
    counted = compile_counted(
        measure, watched, tables, event=measure.units, seen=seen, excused=excused
    )
    people = compile_with_counts(watched, counted)
    censored = (people.rule == "censor").fill_null(False)
    quantity = ibis.ifelse(~people.is_seen | censored, ibis.null("int64"), people.events)
    status = status_of(people, unknown=censored)
    return people.mutate(quantity=quantity, status=status).select(*COLUMNS).order_by("enrolment")


def compile_units_earned(
    measure: CertifiedUnits, tables: Tables, *, seen: Seen, excused: Excused = NOTHING_EXCUSED
) -> Earned:
    """Each unit that counts, earned on its day, whether or not the window is over."""
    watched = compile_watched(measure, tables, seen=seen, excused=excused)
    counted = compile_counted(
        measure, watched, tables, event=measure.units, seen=seen, excused=excused
    )
    return Earned(
        watched,
        counted.select("enrolment", from_on="on", to_on="on", quantity=ibis.literal(1)),
        compile_all_rows(
            measure,
            watched,
            counted.select("enrolment", "source", from_on="on", to_on=day_after(counted.on)),
            tables,
            seen,
        ),
    )


def reference_certified_units(
    measure: CertifiedUnits,
    records: PlainRecords,
    *,
    seen: Seen,
    excused: Excused = NOTHING_EXCUSED,
) -> list[PersonResult]:
    """The same by sets of days, in plain Python."""
    results = []
    for person in reference_watched(measure, records, seen=seen, excused=excused):
        events = reference_counted(measure, person, records, event=measure.units, seen=seen)
        quantity: int | None = None
        if not person.is_seen:
            status = person.unseen
        elif person.rule == "censor":
            status = str(person.ending)
        else:
            quantity, status = len(events), KNOWN
        results.append(person.result(quantity, status, dated_sources(events)))
    return results


def reference_units_earned(
    measure: CertifiedUnits,
    records: PlainRecords,
    *,
    seen: Seen,
    excused: Excused = NOTHING_EXCUSED,
) -> Iterator[EarnedByPerson]:
    """What `compile_units_earned` says."""
    for person in reference_watched(measure, records, seen=seen, excused=excused):
        events = reference_counted(measure, person, records, event=measure.units, seen=seen)
        dated = dated_sources(events)
        rows = [(day, day + timedelta(days=1), source) for day, source in dated]
        yield EarnedByPerson(person, [day for day, _ in dated], rows)
