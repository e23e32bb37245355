"""Rates by group: referral, draw, take-up, exit, match and outcomes, as they may be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.evaluation import Randomised
from payforsuccess.deal.measures import (
    AcrossArms,
    Measure,
    MeasureBase,
    PersonMeasure,
    ShareOfCohort,
)
from payforsuccess.deal.tables import CUSTODY_STATES
from payforsuccess.disclosure import HIDDEN, LEAST_THRESHOLD, suppress, suppress_next
from payforsuccess.errors import Finding, Problem, Refusal
from payforsuccess.measures import Tables
from payforsuccess.measures.groups import (
    SITE,
    STAGES,
    GroupCounts,
    compile_by_group,
    compile_found,
    compile_groups,
    compile_stages,
    in_groups,
)
from payforsuccess.measures.lazily import ir
from payforsuccess.records import check_release
from payforsuccess.reports import write_html
from payforsuccess.reports.equity import Breakdown, EquityFacts, equity_document
from payforsuccess.runs.data.ingest import Ingested, Tell, after_the_data, ingest_feeds, keep_quiet
from payforsuccess.runs.files import write_whole
from payforsuccess.runs.folder import DealFolder, DealPath, open_folder
from payforsuccess.runs.measure.equity_rates import (
    OF_ARRESTS,
    OF_SCORES,
    Counted,
    breakdowns,
    facts_of,
)
from payforsuccess.runs.measure.measure import Measured, measure_outcomes
from payforsuccess.runs.measure.people import PeopleRecords, people_records
from payforsuccess.runs.measure.releases import releases_of, write_release
from payforsuccess.store import Store, open_store

KIND = "equity"
_POLICED = ("arrest", "booking", "violation", "missed-hearing", "case-filed", "conviction")
_ZERO_OR_ONE = ("event-absent", "held-without-break", "milestone-reached")


@dataclass(frozen=True, repr=False)
class Equity:
    """The tables, the page they were written to, and the release's number if they are given out."""

    breakdowns: tuple[Breakdown, ...]
    page: Path
    release: int | None
    findings: tuple[Finding, ...]

    def __str__(self) -> str:
        lines: list[str] = []
        for table in self.breakdowns:
            lines += ["", f"{table.did.capitalize()}, of those {table.of}, by {table.by}"]
            widest = max(len(row.group) for row in table.rows)
            for row in table.rows:
                is_hidden = HIDDEN in (row.did, row.of)
                said = HIDDEN if is_hidden else f"{row.did} of {row.of}, {row.rate}"
                lines.append(f"  {row.group.ljust(widest)}  {said}")
            if table.caution:
                lines.append(f"  Careful: {table.caution}")
        lines += ["", f"Page  {self.page}"]
        if self.release is None:
            lines.append("Not recorded as given out; do so with --release before giving it out.")
        else:
            lines.append(f"Recorded as release {self.release}; later ones are checked against it.")
        return "\n".join([*lines[1:], *(f"  {finding}" for finding in self.findings)])

    __repr__ = __str__


def equity(
    path: DealPath,
    *,
    as_of: date | None = None,
    release: bool = False,
    to: Path | None = None,
    tell: Tell = keep_quiet,
) -> Equity:
    """The rates of a deal by the facts it lists under `equity`, and by site, as a page.

    Small numbers are hidden, with what would tell them, also against every earlier release. With
    `release` the tables are recorded as given out, which every agreement must allow; without, the
    page is for the parties.
    """
    folder = open_folder(path)
    deal = folder.history().latest
    if not deal.equity:
        raise Refusal(
            Problem(
                "The deal lists no facts about people by which rates are broken down.",
                "List some under `equity`, such as race, sex or language.",
                deal.place_of("equity"),
            )
        )
    if release:
        _refuse_forbidden(deal)
    on = as_of if as_of is not None else after_the_data(deal)
    ingested = ingest_feeds(
        deal, folder.root, snapshots=folder.out / "snapshots", as_of=on, tell=tell
    )
    with open_store(vault=ingested.vault) as store:
        people = people_records(deal, ingested, store=store, folder=folder, tell=tell)
        measured = measure_outcomes(
            deal, ingested.snapshot, store=store, records=people.records, tell=tell
        )
        counted = tuple(_counted(deal, ingested, people, measured, store))
    threshold = max(
        [LEAST_THRESHOLD, *(outcome.disclosure_threshold for outcome in deal.outcomes.values())]
    )
    return _shown(deal, folder, counted, measured, threshold, on, release=release, to=to)


def _refuse_forbidden(deal: Deal) -> None:
    """Refuse to give out totals that an agreement keeps in."""
    places = [deal.place_of("data", at) for at in range(len(deal.data))]
    problems = check_release(deal.data, kind="totals", places=places)
    if problems:
        raise Refusal(problems)


def _shown(
    deal: Deal,
    folder: DealFolder,
    counted: Sequence[Counted],
    measured: Measured,
    threshold: int,
    on: date,
    *,
    release: bool,
    to: Path | None,
) -> Equity:
    facts = facts_of(counted)
    earlier = releases_of(folder.out / "releases", KIND)
    try:
        given = (
            suppress_next(earlier, facts, threshold=threshold)
            if earlier
            else suppress(facts, threshold=threshold)
        )
    except ValueError:
        raise Refusal(
            Problem(
                "Earlier releases let a small number be worked out, whatever is hidden now.",
                "Ask the evaluator before anything further is given out.",
                deal.place_of("equity"),
            )
        ) from None
    number = None
    if release:
        number = write_release(folder.out / "releases", KIND, facts, given, as_of=on)
    tables = breakdowns(counted, given)
    page = to if to is not None else folder.out / KIND / "rates-by-group.html"
    document = equity_document(
        EquityFacts(deal.deal, deal.standing, deal.is_certified, on, number, tables, threshold)
    )
    write_whole(page, write_html(document))
    return Equity(tables, page, number, measured.findings)


def _counted(
    deal: Deal, ingested: Ingested, people: PeopleRecords, measured: Measured, store: Store
) -> Iterator[Counted]:
    """Every rate by every fact: stages first, then matches, then outcomes."""
    tables = _of_referred(people.records.tables, store)
    facts = dict.fromkeys((*deal.equity, SITE))
    groups = {
        fact: store.kept(compile_groups(tables, trait=fact), f"groups_{at}")
        for at, fact in enumerate(facts)
    }
    for fact, of_fact in groups.items():
        stages = in_groups(store.run(compile_stages(tables, of_fact)).to_pylist(), STAGES)
        yield from _stages(stages, fact, _treated(deal), _by_score(deal))
    for feed, persons in _found_in(ingested, people, store):
        for fact, of_fact in groups.items():
            rows = store.run(compile_found(tables, of_fact, persons)).to_pylist()
            yield from _rate(
                in_groups(rows, ("people", "found")),
                Counted(f"found in {feed}", "looked for", fact, {}, is_people=True),
                did="found",
                of="people",
            )
    for outcome in measured.outcomes:
        measure = _person_measure(deal.outcomes[outcome.outcome].measure)
        if measure is None or measure.kind not in _ZERO_OR_ONE:
            continue
        named = outcome.outcome.replace("_", " ")
        caution = OF_ARRESTS if _is_policed(measure) else ""
        results = store.tables_from({"results_of_people": outcome.rows})["results_of_people"]
        for fact, of_fact in groups.items():
            rows = store.run(compile_by_group(results, of_fact)).to_pylist()
            yield from _rate(
                in_groups(rows, ("known", "reached")),
                Counted(named, f"whose {named} is known", fact, {}, caution, within="enrolled"),
                did="reached",
                of="known",
            )


def _of_referred(tables: Tables, store: Store) -> Tables:
    """Those who were referred, where referrals are on record; else everyone enrolled."""
    referred = tables.enrolments.filter(tables.enrolments.referred_on.notnull())
    count = store.run(referred.count().name("rows").as_table()).column("rows")[0].as_py()
    return replace(tables, enrolments=referred) if count else tables


def _stages(
    found: Sequence[GroupCounts], fact: str, treated: str | None, caution: str
) -> Iterator[Counted]:
    """Enrolled of those referred, left of those enrolled, and drawn of those assigned."""
    yield from _rate(
        found,
        Counted("enrolled", "referred", fact, {}, caution, is_people=True),
        did="enrolled",
        of="referred",
    )
    yield from _rate(found, Counted("left", "enrolled", fact, {}), did="exited", of="enrolled")
    if treated is not None:
        drawn = [
            GroupCounts(
                row.group,
                None,
                {**row.counts, "drawn": row.counts["assigned"] if row.arm == treated else 0},
            )
            for row in found
        ]
        yield from _rate(
            drawn, Counted(f"drawn for {treated}", "assigned", fact, {}), did="drawn", of="assigned"
        )


def _rate(found: Iterable[GroupCounts], what: Counted, *, did: str, of: str) -> Iterator[Counted]:
    """The rate with its counts by group, all arms together; nothing where no one could."""
    counts: dict[str, tuple[int, int]] = {}
    for row in found:
        yes, people = counts.get(row.group, (0, 0))
        counts[row.group] = (yes + row.counts[did], people + row.counts[of])
    if any(people for _, people in counts.values()):
        yield replace(what, counts=counts)


def _found_in(
    ingested: Ingested, people: PeopleRecords, store: Store
) -> Iterator[tuple[str, ir.Table]]:
    """Each feed that was matched, with the people who have a record in it."""
    if people.linked is None:
        return
    linked = store.tables_from({"linked_people": people.linked.people})["linked_people"]
    records = store.tables_of(ingested.snapshot)["people"]
    for matched in people.linked.feeds:
        of_feeds = records.filter(records.feed.isin(matched.feeds)).select(record="person")
        yield ", ".join(matched.feeds), linked.semi_join(of_feeds, "record").select("person")


def _treated(deal: Deal) -> str | None:
    """The treated arm, where every plan that compares arms means the same one."""
    arms = {plan.arms.treated for plan in deal.evaluation.values() if isinstance(plan, Randomised)}
    return arms.pop() if len(arms) == 1 else None


def _by_score(deal: Deal) -> str:
    return OF_SCORES if any("score" in test.field for test in deal.people.eligible) else ""


def _person_measure(measure: Measure | None) -> PersonMeasure | None:
    return measure.of if isinstance(measure, AcrossArms | ShareOfCohort) else measure


def _is_policed(measure: MeasureBase) -> bool:
    named = {getattr(measure, key, None) for key in ("event", "milestone", "state")}
    return bool(named & {*_POLICED, *CUSTODY_STATES})
