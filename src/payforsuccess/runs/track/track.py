"""How a deal is going: levels against targets, courses by period, the referral flow, the feeds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.evaluation import Randomised
from payforsuccess.deal.measures import (
    AcrossArms,
    DaysInState,
    HeldWithoutBreak,
    Measure,
    PersonMeasure,
    ShareOfCohort,
)
from payforsuccess.deal.outcomes import Outcome
from payforsuccess.deal.results import Result
from payforsuccess.deal.words.phrases import plural
from payforsuccess.disclosure import HIDDEN, LEAST_THRESHOLD
from payforsuccess.errors import Finding, Problem, Refusal
from payforsuccess.measures import arm_counts, compile_by_arm, compile_with_period
from payforsuccess.measures.course import compile_course
from payforsuccess.measures.referral_flow import compile_flow, compile_referrals
from payforsuccess.measures.share_of_cohort import compile_reached
from payforsuccess.records.feed_quality import REFRESHED_EVERY
from payforsuccess.reports import write_html
from payforsuccess.reports.numbers import exact_or_near
from payforsuccess.reports.track import (
    NOT_STATED,
    FeedLine,
    Level,
    ShownFlow,
    TrackFacts,
    Trend,
    TrendRow,
    track_document,
)
from payforsuccess.runs.data.ingest import Ingested, Tell, ingest_feeds, keep_quiet
from payforsuccess.runs.files import read_json, write_whole
from payforsuccess.runs.folder import DealFolder, DealPath, open_folder
from payforsuccess.runs.measure.measure import Measured, MeasuredOutcome, measure_outcomes
from payforsuccess.runs.measure.people import PeopleRecords, people_records
from payforsuccess.runs.track.flow import flows_of, shown_flows
from payforsuccess.runs.track.trends import (
    ALL,
    OTHERS,
    OWN,
    Count,
    Course,
    counts_by_group,
    course_facts,
    shown_number,
    suppressed,
)
from payforsuccess.store import Store, open_engine

_ZERO_OR_ONE = ("event-absent", "held-without-break", "milestone-reached")
_ALL_SITES = "All sites"
_STALE_AFTER = 1
"""How many days beyond its refresh interval a feed may be before the page warns of it."""


@dataclass(frozen=True, repr=False)
class Tracked:
    """What the page shows, and the page itself."""

    deal: str
    as_of: date
    data_through: date
    site: str | None
    levels: tuple[Level, ...]
    trends: tuple[Trend, ...]
    flows: tuple[ShownFlow, ...]
    flow_closes: bool
    feeds: tuple[FeedLine, ...]
    findings: tuple[Finding, ...]
    page: Path

    def __str__(self) -> str:
        lines = [f"{self.deal}, on {self.as_of}, with data through {self.data_through}"]
        stale = [feed.feed for feed in self.feeds if feed.is_stale]
        if stale:
            lines.append(f"Stale: a new extract should have come of {', '.join(stale)}")
        lines.append("Outcomes")
        lines += [f"  {_level_line(level)}" for level in self.levels]
        for trend in self.trends:
            lines.append(f"{trend.outcome}, in {trend.unit}, by period")
            lines += [f"  {_trend_line(trend, row)}" for row in trend.rows]
        lines += _flow_lines(self.flows, closes=self.flow_closes)
        lines.append("Feeds")
        for feed in self.feeds:
            late = ", late" if feed.is_late else ""
            lines.append(
                f"  {feed.feed}: {feed.holder}, comes {feed.comes}, complete through "
                f"{feed.complete_through} ({feed.days_old:,} days old{late}), {feed.rows:,} rows, "
                f"{feed.refused:,} refused"
            )
        if self.findings:
            lines += ["Findings", *(f"  {finding}" for finding in self.findings)]
        return "\n".join([*lines, f"Page  {self.page}"])

    __repr__ = __str__


def track(
    path: DealPath,
    *,
    as_of: date,
    site: str | None = None,
    to: Path | None = None,
    tell: Tell = keep_quiet,
) -> Tracked:
    """How a deal is going on a day, as its records tell, with small numbers hidden.

    Reads the feeds, matches people and measures, as `measure` does; what comes out is provisional.
    With `site` the numbers of that site stand beside those of all, and nothing of the other sites
    can be worked out from the two. Refuses what `measure` refuses, and a site that is not on
    record.
    """
    folder = open_folder(path)
    deal = folder.history().latest
    ingested = ingest_feeds(
        deal,
        folder.root,
        snapshots=folder.out / "snapshots",
        as_of=as_of,
        with_quality=True,
        tell=tell,
    )
    threshold = max(
        [LEAST_THRESHOLD, *(outcome.disclosure_threshold for outcome in deal.outcomes.values())]
    )
    with open_engine(vault=ingested.vault) as store:
        people = people_records(deal, ingested, store=store, folder=folder, tell=tell)
        _refuse_unknown(site, people, store)
        measured = measure_outcomes(
            deal, ingested.snapshot, store=store, records=people.records, tell=tell
        )
        courses = {
            one.outcome: _course(deal, one, people, store, site)
            for one in measured.outcomes
            if one.results
        }
        flow = compile_flow(
            compile_referrals(
                people.records.tables, on=as_of, state=housed_state(deal), offered=offered(deal)
            )
        )
        flows = flows_of(store.run(flow).to_pylist(), site)
    trends = {name: _trend(deal, name, course, site, threshold) for name, course in courses.items()}
    facts = TrackFacts(
        deal=deal.deal,
        standing=deal.standing,
        is_certified=deal.is_certified,
        as_of=as_of,
        data_through=min(source.complete_through for source in deal.data),
        site=site,
        levels=tuple(_levels(deal, measured, courses, trends)),
        trends=tuple(trends.values()),
        flows=shown_flows(flows, site, threshold=threshold),
        flow_closes=flows.closes,
        feeds=tuple(_feeds(deal, ingested, as_of)),
        threshold=threshold,
    )
    page = to if to is not None else _page(folder, site)
    write_whole(page, write_html(track_document(facts)))
    # What matching and measuring find tells of few people; `link` and `measure` say it in full.
    findings = (*_unstated(deal), *ingested.findings)
    return Tracked(
        facts.deal,
        as_of,
        facts.data_through,
        site,
        facts.levels,
        facts.trends,
        facts.flows,
        facts.flow_closes,
        facts.feeds,
        findings,
        page,
    )


def housed_state(deal: Deal) -> str | None:
    """The state that counts as housed: the first that an outcome asks people to be in, if any."""
    for outcome in deal.outcomes.values():
        measure = _of_person(outcome.measure)
        if isinstance(measure, DaysInState | HeldWithoutBreak) and outcome.better == "higher":
            return measure.state
    return None


def offered(deal: Deal) -> tuple[str, ...]:
    """The arms that are offered the programme: the treated ones of plans, else of populations."""
    plans = {plan.arms.treated for plan in deal.evaluation.values() if isinstance(plan, Randomised)}
    measures = [outcome.measure for outcome in deal.outcomes.values()]
    plans |= {measure.treated for measure in measures if isinstance(measure, AcrossArms)}
    if plans:
        return tuple(sorted(plans))
    named = {
        arm
        for measure in map(_of_person, measures)
        if measure is not None
        for arm in measure.population.arms
    }
    return tuple(sorted(named))


def _of_person(measure: Measure | None) -> PersonMeasure | None:
    return measure.of if isinstance(measure, AcrossArms | ShareOfCohort) else measure


def _refuse_unknown(site: str | None, people: PeopleRecords, store: Store) -> None:
    if site is None:
        return
    rows = store.run(people.records.tables.enrolments.select("site").distinct()).to_pylist()
    known = sorted(str(row["site"]) for row in rows if row["site"] is not None)
    if site not in known:
        raise Refusal(
            Problem(
                "No one is recorded at a site of this name.",
                f"Name one of these: {', '.join(known)}." if known else "No site is on record.",
            )
        )


def _course(
    deal: Deal, one: MeasuredOutcome, people: PeopleRecords, store: Store, site: str | None
) -> Course:
    """The counts of an outcome in the periods that have a result."""
    outcome = deal.outcomes[one.outcome]
    measure = outcome.measure
    of_person = _of_person(measure)
    assert of_person is not None
    results = store.tables_from({"tracked_results": one.rows})["tracked_results"]
    is_binary = of_person.kind in _ZERO_OR_ONE
    if isinstance(measure, AcrossArms):
        found = arm_counts(store.run(compile_by_arm(results)))
        counts = {
            (arm, 1): Count(
                int(found[arm].total) if is_binary else found[arm].known,
                found[arm].known,
                Fraction(found[arm].total),
            )
            for arm in (measure.treated, measure.control)
        }
        return Course((1,), (measure.treated, measure.control), counts, is_binary)
    has_known = "status" in one.rows.column_names
    if has_known:
        if isinstance(measure, ShareOfCohort):
            results, is_binary = compile_reached(measure, results), True
        results = compile_with_period(results, periods=deal.schedule.all())
    periods = tuple(result.period for result in one.results if result.period is not None)
    sites = people.records.tables.enrolments
    rows = store.run(compile_course(results, sites, site, has_known=has_known)).to_pylist()
    return Course(
        periods,
        (ALL,) if site is None else (ALL, OWN, OTHERS),
        counts_by_group(rows, periods, by_site=site is not None, has_known=has_known),
        is_binary and has_known,
        outcome.reported_as == "to-date",
    )


def _trend(deal: Deal, name: str, course: Course, site: str | None, threshold: int) -> Trend:
    release = suppressed(course_facts(course), threshold=threshold)
    shown = tuple(group for group in (OWN, *course.groups) if group in course.groups)
    shown = tuple(dict.fromkeys(group for group in shown if group != OTHERS))
    titles = {ALL: _ALL_SITES, OWN: site or ""}
    by_number = {period.number: period for period in deal.schedule.all()}
    is_by_arm = ALL not in course.groups
    rows = tuple(
        TrendRow(
            "all so far" if is_by_arm else str(by_number[period]),
            tuple(shown_number(course, release, group, period) for group in shown),
        )
        for period in course.peopled
    )
    return Trend(
        name,
        plural(deal.outcomes[name].unit),
        course.is_share,
        course.to_date,
        any(count.known is not None for count in course.counts.values()),
        tuple(titles.get(group, group) for group in shown),
        rows,
    )


def _levels(
    deal: Deal,
    measured: Measured,
    courses: Mapping[str, Course],
    trends: Mapping[str, Trend],
) -> Iterator[Level]:
    results = {one.outcome: one.results for one in measured.outcomes}
    for name, outcome in deal.outcomes.items():
        current, of, when, is_reached = _current(
            outcome, results.get(name, ()), courses.get(name), trends.get(name)
        )
        yield Level(
            outcome=name,
            says=outcome.says,
            unit=plural(outcome.unit),
            better=outcome.better,
            baseline=_number(outcome.starting_level),
            target=_number(outcome.target),
            current=current,
            of=of,
            when=when,
            is_reached=is_reached,
        )


def _current(
    outcome: Outcome, results: Sequence[Result], course: Course | None, trend: Trend | None
) -> tuple[str, str, str, str]:
    """The last result of anyone, as it may be shown: value, of whom, when, and if it is enough."""
    if outcome.measure is None:
        how = "estimated by its plan" if outcome.estimate is not None else "not measured"
        return how, "", "", NOT_STATED if outcome.target is None else "not known"
    if not results or course is None or trend is None:
        return "none yet", "", "", NOT_STATED if outcome.target is None else "not known"
    last = results[course.periods.index(course.peopled[-1])]
    numbers = trend.rows[-1].numbers
    by_arm = _ALL_SITES not in trend.shown_for
    beside = numbers if by_arm else numbers[-1:]
    people = " and ".join(number.people for number in beside)
    of = f"{people} people" if trend.has_denominator else f"{people} people who earned it"
    when = last.slot[1]
    if any(number.value == HIDDEN for number in beside):
        return HIDDEN, of, when, HIDDEN if outcome.target is not None else NOT_STATED
    if outcome.target is None:
        return exact_or_near(last.value), of, when, NOT_STATED
    ahead = last.value - outcome.target
    is_met = ahead >= 0 if outcome.better == "higher" else ahead <= 0
    return exact_or_near(last.value), of, when, "yes" if is_met else "not yet"


def _number(value: Fraction | None) -> str:
    return NOT_STATED if value is None else exact_or_near(value)


def _unstated(deal: Deal) -> Iterator[Finding]:
    """A finding for each outcome that cannot be tracked in full."""
    for name, outcome in deal.outcomes.items():
        lacking = [
            word
            for word, value in (("baseline", outcome.starting_level), ("target", outcome.target))
            if value is None
        ]
        if lacking:
            yield Finding(
                "track",
                f"The outcome {name} states no {' and no '.join(lacking)}.",
                deal.place_of("outcomes", name),
            )


def _feeds(deal: Deal, ingested: Ingested, as_of: date) -> Iterator[FeedLine]:
    """The inventory of feeds; rows are those of the extract that was read now."""
    counts: dict[str, tuple[int, int]] = {}
    if ingested.quality is not None:
        plain = read_json(ingested.quality.with_suffix(".json"))
        assert isinstance(plain, dict)
        for feed in plain["feeds"]:
            files = feed["files"]
            counts[feed["feed"]] = (
                sum(file["rows"] for file in files),
                sum(file["refused"] for file in files),
            )
    for source in deal.data:
        days = max(0, (as_of - source.complete_through).days)
        every = REFRESHED_EVERY.get(source.refreshed)
        rows, refused = counts.get(source.feed, (0, 0))
        yield FeedLine(
            feed=source.feed,
            holder=source.holder_on(as_of) or "",
            comes="once" if every is None else f"every {source.refreshed}",
            complete_through=source.complete_through,
            days_old=days,
            rows=rows,
            refused=refused,
            is_late=every is not None and days > every,
            is_stale=every is not None and days > every + _STALE_AFTER,
        )


def _page(folder: DealFolder, site: str | None) -> Path:
    own = "" if site is None else "-" + re.sub(r"[^a-z0-9]+", "-", site.casefold()).strip("-")
    return folder.out / "track" / f"track{own}.html"


def _level_line(level: Level) -> str:
    stood = f"{level.outcome}: {level.current} {level.unit}"
    if not level.when:
        stood = f"{level.outcome}: {level.current}"
    of = f", of {level.of} in {level.when}" if level.when else ""
    goal = f"; baseline {level.baseline}, target {level.target}"
    met = f", reached: {level.is_reached}" if level.target != NOT_STATED else ""
    return f"{stood}{of}{goal}{met}"


def _trend_line(trend: Trend, row: TrendRow) -> str:
    parts = []
    for who, number in zip(trend.shown_for, row.numbers, strict=True):
        of = f"of {number.people}, {number.rate}"
        if not trend.is_share:
            of = f"{'from' if trend.has_denominator else 'earned by'} {number.people} people"
        parts.append(f"{who} {number.value} {of}")
    return f"{row.period}: {'; '.join(parts)}"


def _flow_lines(flows: Sequence[ShownFlow], *, closes: bool) -> list[str]:
    if not flows:
        return ["Referrals: no feed records a day of referral"]
    lines = ["Referrals"]
    for flow in flows:
        stages = [
            f"{stage.stage} {stage.count} (median days {stage.median_days})"
            for stage in flow.stages
        ]
        stands = [f"{name} {count}" for name, count in flow.standing]
        lines.append(f"  {flow.source}: referred {flow.referred}, {', '.join([*stages, *stands])}")
    lines.append(
        "  Where referrals stand adds up to the referrals"
        if closes
        else "  Where referrals stand does not add up to the referrals"
    )
    return lines
