"""How a deal is going: levels against targets, courses by period, the referral flow, the feeds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.evaluation import Randomised
from payforsuccess.deal.measures import AcrossArms, DaysInState, HeldWithoutBreak
from payforsuccess.disclosure import LEAST_THRESHOLD
from payforsuccess.errors import Finding, Problem, Refusal
from payforsuccess.measures.referral_flow import compile_flow, compile_referrals
from payforsuccess.reports import write_html
from payforsuccess.reports.track import track_document
from payforsuccess.reports.track_facts import TrackFacts
from payforsuccess.runs.data.ingest import Tell, ingest_feeds, keep_quiet
from payforsuccess.runs.files import write_whole
from payforsuccess.runs.folder import DealFolder, DealPath, open_folder
from payforsuccess.runs.measure.measure import measure_outcomes
from payforsuccess.runs.measure.people import PeopleRecords, people_records
from payforsuccess.runs.measure.releases import (
    refuse_forbidden,
    register_of,
    releases_of,
    shown_beside,
    write_release,
)
from payforsuccess.runs.track.control import control_charts
from payforsuccess.runs.track.courses import course_of, person_measure
from payforsuccess.runs.track.feeds import feed_lines
from payforsuccess.runs.track.flow import flows_of, shown_flows, with_members
from payforsuccess.runs.track.gaming import GamingCheck, gaming_checks
from payforsuccess.runs.track.levels import levels_of, trend_of, unstated
from payforsuccess.runs.track.linked import linked_facts
from payforsuccess.runs.track.performance import performance_of, read_beside
from payforsuccess.runs.track.tracked import Tracked
from payforsuccess.runs.track.treated import left_out, without_control
from payforsuccess.store import Store, open_engine

KIND = "track"


def track(
    path: DealPath,
    *,
    as_of: date,
    site: str | None = None,
    release: bool = False,
    validator: bool = False,
    entries: Path | None = None,
    to: Path | None = None,
    tell: Tell = keep_quiet,
) -> Tracked:
    """How a deal is going on a day, as its records tell, with small numbers hidden.

    Reads the feeds, matches people and measures, as `measure` does, but for control groups, of
    whom nothing is shown before the end; what comes out is provisional.
    With `site` the numbers of that site stand beside those of all, and nothing of the other sites
    can be worked out from the two. All counts of the page are protected as one table, also against
    whatever was given out of the deal before. With `release` the page is recorded as given out,
    which every agreement must allow; that of a site is for the parties and cannot be. With
    `validator` what comes back, and never the page, holds checks whether numbers bend around
    payments, in which small numbers are not hidden; `entries` adds a list of the provider's.
    Refuses what `measure` refuses, a site that is not on record, and to give out what a validator
    sees.
    """
    folder = open_folder(path)
    found = shown_facts(
        folder,
        as_of=as_of,
        site=site,
        release=release,
        validator=validator,
        entries=entries,
        tell=tell,
    )
    facts = found.facts
    page = to if to is not None else _page(folder, site)
    write_whole(page, write_html(track_document(facts)))
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
        found.findings,
        page,
        facts.release,
        facts.performance,
        facts.rules,
        found.checks,
    )


@dataclass(frozen=True)
class ShownFacts:
    """What may be shown of a deal on a day, and what a reader should know besides.

    checks: for the validator alone, in which small numbers are not hidden.
    """

    facts: TrackFacts
    findings: tuple[Finding, ...]
    checks: tuple[GamingCheck, ...] = ()


def shown_facts(
    folder: DealFolder,
    *,
    as_of: date,
    site: str | None = None,
    release: bool = False,
    validator: bool = False,
    entries: Path | None = None,
    tell: Tell = keep_quiet,
) -> ShownFacts:
    """What `track` shows, before a page is made of it; see there for what is hidden and refused."""
    deal = folder.history().latest
    if release and (validator or entries is not None):
        raise Refusal(
            Problem(
                "What the validator sees shows small numbers, and cannot be given out.",
                "Leave out either `--validator` and `--entries`, or `--release`.",
            )
        )
    if release:
        _refuse_site(site)
        refuse_forbidden(deal)
    beside = read_beside(folder.root, deal)
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
            without_control(deal),
            ingested.snapshot,
            store=store,
            records=people.records,
            with_control=True,
            tell=tell,
        )
        courses = {
            one.outcome: course_of(deal, one, people, store, site)
            for one in measured.outcomes
            if one.results
        }
        referrals = store.kept(
            compile_referrals(
                people.records.tables, on=as_of, state=housed_state(deal), offered=offered(deal)
            ),
            "tracked_referrals",
        )
        flows = flows_of(store.run(compile_flow(referrals)).to_pylist(), site)
        flows = with_members(flows, store.run(referrals).to_pylist(), site)
        through = min(source.complete_through for source in deal.data)
        checks: tuple[GamingCheck, ...] = ()
        if validator or entries is not None:
            checks = gaming_checks(
                deal, people.records.tables, store, through=through, entries=entries
            )
    linked = linked_facts(flows, tuple(courses.values()), threshold=threshold)
    register = register_of(folder.out)
    given = shown_beside(releases_of(register), linked, threshold=threshold)
    number = None
    if release:
        number = write_release(register, KIND, linked, given, as_of=as_of)
    trends = {name: trend_of(deal, course, given) for name, course in courses.items()}
    shown = shown_flows(flows, site, given)
    performed = performance_of(deal, measured, courses, shown, given, beside, on=as_of)
    facts = TrackFacts(
        deal=deal.deal,
        standing=deal.standing,
        is_certified=deal.is_certified,
        as_of=as_of,
        data_through=through,
        site=site,
        levels=tuple(levels_of(deal, measured, courses, trends, given)),
        trends=tuple(trends.values()),
        flows=shown,
        flow_closes=flows.closes,
        feeds=tuple(feed_lines(deal, ingested, as_of, threshold=threshold)),
        threshold=threshold,
        release=number,
        performance=performed.rows,
        rules=beside.rules.says,
        charts=tuple(control_charts(deal, courses, given, beside.initiative)),
    )
    # What matching and measuring find tells of few people; `link` and `measure` say it in full.
    return ShownFacts(
        facts, (*unstated(deal), *left_out(deal), *performed.findings, *ingested.findings), checks
    )


def housed_state(deal: Deal) -> str | None:
    """The state that counts as housed: the first that an outcome asks people to be in, if any."""
    for outcome in deal.outcomes.values():
        measure = person_measure(outcome.measure)
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
        for measure in map(person_measure, measures)
        if measure is not None
        for arm in measure.population.arms
    }
    return tuple(sorted(named))


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


def _refuse_site(site: str | None) -> None:
    if site is not None:
        raise Refusal(
            Problem(
                "A page with the numbers of one site is for the parties, and cannot be given out.",
                "Leave out either `--site` or `--release`.",
            )
        )


def _page(folder: DealFolder, site: str | None) -> Path:
    own = "" if site is None else "-" + re.sub(r"[^a-z0-9]+", "-", site.casefold()).strip("-")
    return folder.out / "track" / f"track{own}.html"
