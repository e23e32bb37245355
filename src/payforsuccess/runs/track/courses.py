"""The counts of each outcome by period, and the people behind them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.measures import AcrossArms, Measure, PersonMeasure, ShareOfCohort
from payforsuccess.measures import compile_with_period
from payforsuccess.measures.course import compile_course
from payforsuccess.measures.share_of_cohort import compile_reached
from payforsuccess.runs.measure.measure import MeasuredOutcome
from payforsuccess.runs.measure.people import PeopleRecords
from payforsuccess.runs.track.trends import ALL, OTHERS, OWN, Course, counts_by_group
from payforsuccess.store import Store

_ZERO_OR_ONE = ("event-absent", "held-without-break", "milestone-reached")


def person_measure(measure: Measure | None) -> PersonMeasure | None:
    """The measure of people that an outcome rests on, if any."""
    return measure.of if isinstance(measure, AcrossArms | ShareOfCohort) else measure


def course_of(
    deal: Deal, one: MeasuredOutcome, people: PeopleRecords, store: Store, site: str | None
) -> Course:
    """The counts of an outcome in the periods that have a result, with the people behind them."""
    outcome = deal.outcomes[one.outcome]
    measure = outcome.measure
    of_person = person_measure(measure)
    assert of_person is not None
    results = store.tables_from({"tracked_results": one.rows})["tracked_results"]
    is_binary = of_person.kind in _ZERO_OR_ONE
    has_known = "status" in one.rows.column_names
    if has_known:
        if isinstance(measure, ShareOfCohort):
            results, is_binary = compile_reached(measure, results), True
        results = compile_with_period(results, periods=deal.schedule.all())
    periods = tuple(result.period for result in one.results if result.period is not None)
    sites = people.records.tables.enrolments
    rows = store.run(compile_course(results, sites, site, has_known=has_known)).to_pylist()
    course = Course(
        periods,
        (ALL,) if site is None else (ALL, OWN, OTHERS),
        counts_by_group(rows, periods, by_site=site is not None, has_known=has_known),
        is_binary and has_known,
        outcome.reported_as == "to-date",
        one.outcome,
        site,
    )
    own: Collection[str] = ()
    if site is not None:
        there = sites.filter(sites.site == site).select("enrolment").distinct()
        own = set(store.run(there).column("enrolment").to_pylist())
    behind = results.filter(results.period.notnull()).select("enrolment", "period", "quantity")
    return with_members(course, store.run(behind).to_pylist(), own)


def with_members(
    course: Course, rows: Iterable[Mapping[str, object]], own: Collection[str]
) -> Course:
    """The course with the enrolments behind each count: reached, known, and not reached.

    rows: enrolment, period and quantity, None where it is not known. own: those of the site.
    """
    members: dict[str, set[str]] = {}
    periods = set(course.periods)
    for row in rows:
        period, quantity, enrolment = int(str(row["period"])), row["quantity"], row["enrolment"]
        if period not in periods or quantity is None:
            continue
        groups = [ALL]
        if course.site is not None:
            groups.append(OWN if enrolment in own else OTHERS)
        spots: list[tuple[int | None, bool]] = [(None, False), (period, False)]
        if course.to_date:
            spots += [(later, True) for later in course.periods if later >= period]
        for group in groups:
            for when, to_date in spots:
                for part in ("known", "reached" if quantity else "other"):
                    name = course.cell(part, group, when, to_date=to_date)
                    members.setdefault(name, set()).add(str(enrolment))
    return replace(course, members={name: frozenset(found) for name, found in members.items()})
