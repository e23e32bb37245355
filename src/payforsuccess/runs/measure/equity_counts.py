"""Who did what of whom, by group, as counted in the records: what rates by group rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

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
from payforsuccess.errors import sentence
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
from payforsuccess.runs.data.ingest import Ingested
from payforsuccess.runs.measure.equity_rates import (
    OF_ARRESTS,
    OF_SCORES,
    Counted,
)
from payforsuccess.runs.measure.measure import Measured
from payforsuccess.runs.measure.people import PeopleRecords
from payforsuccess.store import Store

_POLICED = ("arrest", "booking", "violation", "missed-hearing", "case-filed", "conviction")
_ZERO_OR_ONE = ("event-absent", "held-without-break", "milestone-reached")


def counted_rates(
    deal: Deal, ingested: Ingested, people: PeopleRecords, measured: Measured, store: Store
) -> Iterator[Counted]:
    """Every rate of a deal by every fact: stages first, then matches, then outcomes."""
    tables = _of_referred(people.records.tables, store)
    facts = dict.fromkeys((*deal.equity, SITE))
    groups = {
        fact: store.kept(compile_groups(tables, trait=fact), f"groups_{at}")
        for at, fact in enumerate(facts)
    }
    looked_for: str = sentence("enrolled or assigned")
    for fact, of_fact in groups.items():
        stages = in_groups(store.run(compile_stages(tables, of_fact)).to_pylist(), STAGES)
        if any(row.counts["referred"] for row in stages):
            # Those who are looked for are all who were referred: one number under two names would
            # be told by the other.
            looked_for = "referred"
        yield from _stages(stages, fact, _treated(deal), _by_score(deal))
    for feed, persons in _found_in(ingested, people, store):
        for fact, of_fact in groups.items():
            rows = store.run(compile_found(tables, of_fact, persons)).to_pylist()
            yield from _rate(
                in_groups(rows, ("people", "found")),
                Counted(sentence("found in {feed}", feed=feed), looked_for, fact, {}),
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
                # Who kept a home for 12 months is among those who kept it for 6: few lie between.
                Counted(
                    named,
                    sentence("whose {outcome} is known", outcome=named),
                    fact,
                    {},
                    caution,
                    True,
                    "enrolled",
                ),
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
    left = Counted("left", "enrolled", fact, {})
    yield from _rate(found, left, did="exited", of="enrolled")
    if treated is not None:
        drawn = [
            GroupCounts(
                row.group,
                None,
                {**row.counts, "drawn": row.counts["assigned"] if row.arm == treated else 0},
            )
            for row in found
        ]
        by_chance = sentence("drawn for {arm}", arm=treated)
        yield from _rate(
            drawn,
            Counted(by_chance, "assigned", fact, {}),
            did="drawn",
            of="assigned",
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
    """Each feed that was matched, with the people who have a record in it.

    Not the feed that enrols: everyone is in it by definition, and one number under two names would
    be told by the other.
    """
    if people.linked is None:
        return
    enrolled_by = people.records.tables.enrolments.select("feed").distinct()
    enrolling = set(store.run(enrolled_by).column("feed").to_pylist())
    linked = store.tables_from({"linked_people": people.linked.people})["linked_people"]
    records = store.tables_of(ingested.snapshot)["people"]
    for matched in people.linked.feeds:
        if enrolling <= set(matched.feeds):
            continue
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
