"""What works by site and by practice, with what chance leaves of a rank (R108)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from payforsuccess.deal.deal import Deal
from payforsuccess.disclosure import LEAST_THRESHOLD, Release
from payforsuccess.evaluation import interval_of_share
from payforsuccess.evaluation.shrinkage import LEAST_GROUPS, shrunk_shares
from payforsuccess.governance.initiative.initiative import Initiative
from payforsuccess.measures.groups import SITE, compile_by_group, compile_groups, in_groups
from payforsuccess.measures.lazily import ir
from payforsuccess.measures.practices import PRACTICE, Change, compile_practices
from payforsuccess.reports.learning import Part
from payforsuccess.reports.numbers import name_text
from payforsuccess.runs.data.ingest import Tell, ingest_feeds
from payforsuccess.runs.folder import DealFolder
from payforsuccess.runs.measure.equity_rates import Counted, facts_of
from payforsuccess.runs.measure.measure import Measured, measure_outcomes
from payforsuccess.runs.measure.people import PeopleRecords, people_records
from payforsuccess.runs.measure.releases import register_of, releases_of, shown_beside
from payforsuccess.runs.track.courses import person_measure
from payforsuccess.runs.track.track import offered
from payforsuccess.store import Store, open_engine

Better = Literal["higher", "lower"]
_ZERO_OR_ONE = ("event-absent", "held-without-break", "milestone-reached")
CAUTION = (
    "Sites and practices differ in whom they serve, and times differ too: what is read here is "
    "where to look, not what caused it."
)


@dataclass(frozen=True)
class GroupedOutcome:
    """One outcome's counts by site or practice."""

    outcome: str
    better: Better
    counted: Counted


def what_works(
    folder: DealFolder, deal: Deal, initiative: Initiative | None, *, on: date, tell: Tell
) -> tuple[Part, ...]:
    """Each outcome that someone reaches or not, by site and by practice, as it may be shown.

    Small numbers are hidden, with what would tell them, also against all that was given out of the
    deal before. Where arms were drawn, those who were offered the programme are counted alone.
    """
    ingested = ingest_feeds(
        deal, folder.root, snapshots=folder.out / "snapshots", as_of=on, tell=tell
    )
    with open_engine(vault=ingested.vault) as store:
        people = people_records(deal, ingested, store=store, folder=folder, tell=tell)
        measured = measure_outcomes(
            deal,
            ingested.snapshot,
            store=store,
            records=people.records,
            with_control=True,
            tell=tell,
        )
        grouped = tuple(_grouped(deal, initiative, measured, people, store))
    threshold = max(
        [LEAST_THRESHOLD, *(outcome.disclosure_threshold for outcome in deal.outcomes.values())]
    )
    if not grouped:
        return (Part("What works", says=("No outcome is one that a person reaches or not.",)),)
    facts = facts_of([one.counted for one in grouped], threshold=threshold)
    facts = replace(facts, first=first_shown(grouped, threshold))
    release = shown_beside(releases_of(register_of(folder.out)), facts, threshold=threshold)
    return tuple(works_part(one, release) for one in grouped)


def changes_of(initiative: Initiative | None) -> tuple[Change, ...]:
    """The changes of practice on record, named by their day and what they were."""
    if initiative is None:
        return ()
    return tuple(
        Change(each.on, each.site, f"since {each.on}: {each.says}")
        for each in initiative.practice_changes
    )


def _grouped(
    deal: Deal,
    initiative: Initiative | None,
    measured: Measured,
    people: PeopleRecords,
    store: Store,
) -> Iterator[GroupedOutcome]:
    tables = people.records.tables
    groups: dict[str, ir.Table] = {SITE: compile_groups(tables, trait=SITE)}
    if changes := changes_of(initiative):
        groups[PRACTICE] = compile_practices(tables, changes)
    arms = offered(deal)
    for one in measured.outcomes:
        outcome = deal.outcomes[one.outcome]
        measure = person_measure(outcome.measure)
        if measure is None or measure.kind not in _ZERO_OR_ONE:
            continue
        results = store.tables_from({"results_of_people": one.rows})["results_of_people"]
        named = one.outcome.replace("_", " ")
        for by, of_group in groups.items():
            rows = store.run(compile_by_group(results, of_group)).to_pylist()
            has_arms = bool(arms) and any(row["arm"] is not None for row in rows)
            # Others than `pfs equity` counts, so under a name of their own.
            known = f"whose {named} is known" + (", of those offered" if has_arms else "")
            did = named + (" of those offered" if has_arms else "")
            counts: dict[str, tuple[int, int]] = {}
            for row in in_groups(rows, ("known", "reached")):
                if has_arms and row.arm not in arms:
                    continue
                yes, of = counts.get(row.group, (0, 0))
                counts[row.group] = (yes + row.counts["reached"], of + row.counts["known"])
            if any(of for _, of in counts.values()):
                yield GroupedOutcome(
                    one.outcome, outcome.better, Counted(did, known, by, counts, "", True)
                )


def first_shown(grouped: Sequence[GroupedOutcome], threshold: int) -> frozenset[str]:
    """The numbers of the tables that have no small ones: shown before the totals of others.

    Else a total that tells little, such as one that almost everyone reached, would keep back the
    whole table of an outcome that tells the sites apart.
    """
    return frozenset(
        f"{name}/{one.counted.by}/{group}"
        for one in grouped
        if all(min(yes, of - yes) > threshold for yes, of in one.counted.counts.values())
        for group in one.counted.counts
        for name in (one.counted.did, one.counted.of)
    )


def works_part(one: GroupedOutcome, release: Release) -> Part:
    """The groups that may be shown, the better first, each with an interval and the ranks it may
    have; none is ranked where fewer than four may be shown."""
    shown = shown_counts(one.counted, release)
    title = f"What works: {name_text(one.outcome)} by {one.counted.by}"
    hidden = sum(of > 0 for _, of in one.counted.counts.values()) - len(shown)
    few = f"Hidden, to protect few people: {hidden}." if hidden else ""
    if not shown:
        return Part(title, says=("Nothing of it may be shown.",))
    if len(shown) < LEAST_GROUPS:
        plain = []
        for group, (yes, of) in shown.items():
            interval = interval_of_share(yes, of, confidence=0.95)
            share = _range(yes / of, interval.low, interval.high)
            plain.append((group, f"{yes:,}", f"{of:,}", share))
        return Part(
            title,
            says=(
                f"Fewer than {LEAST_GROUPS} may be shown, so none is ranked; ranges are of 95 "
                "percent.",
                *((few,) if few else ()),
                CAUTION,
            ),
            caption=f"Shares by {one.counted.by}, not ranked",
            columns=(one.counted.by.capitalize(), "Reached it", "Of", "Share"),
            rows=tuple(plain),
            numbers=("Reached it", "Of", "Share"),
        )
    found = shrunk_shares(shown)
    is_higher = one.better == "higher"
    count = len(found.groups)
    ordered = sorted(found.groups, key=lambda each: -each.estimate if is_higher else each.estimate)
    rows = []
    for each in ordered:
        best, worst = each.best, each.worst
        if not is_higher:
            best, worst = count + 1 - worst, count + 1 - best
        yes, of = shown[each.group]
        rows.append(
            (
                each.group,
                f"{yes:,}",
                f"{of:,}",
                f"{each.raw:.0%}",
                _range(each.estimate, each.interval.low, each.interval.high),
                str(best) if best == worst else f"{best} to {worst}",
            )
        )
    told = (
        "Ranks are ranges: one is ahead of another only where their ranges lie wholly apart."
        if found.tells_apart
        else "No one can be told from any other: what differs may be chance."
    )
    return Part(
        title,
        says=(
            f"Drawn towards all ({found.pooled:.0%}), small ones further (Morris 1983), with a "
            f"range of 95 percent. {told}",
            *((few,) if few else ()),
            CAUTION,
        ),
        caption=f"Shares by {one.counted.by}, the better first",
        columns=(
            one.counted.by.capitalize(),
            "Reached it",
            "Of",
            "As it is",
            "Drawn towards all",
            "Rank",
        ),
        rows=tuple(rows),
        numbers=("Reached it", "Of", "As it is", "Drawn towards all", "Rank"),
    )


def shown_counts(counted: Counted, release: Release) -> Mapping[str, tuple[int, int]]:
    """The counts of the groups of which both numbers may be shown."""
    names = {
        group: (f"{counted.did}/{counted.by}/{group}", f"{counted.of}/{counted.by}/{group}")
        for group in counted.counts
    }
    return {
        group: (release.shown[did], release.shown[of])
        for group, (did, of) in names.items()
        if did in release.shown and release.shown.get(of)
    }


def _range(middle: float, low: float, high: float) -> str:
    return f"{middle:.0%} ({low:.0%} to {high:.0%})"
