"""From the identities of a snapshot to people: who is one person in the feeds of a deal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

import payforsuccess
from payforsuccess.deal.checks.linkage import check_linkable
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.linkage import Linkage
from payforsuccess.deal.tables import LINKED_PEOPLE
from payforsuccess.errors import Finding, Place, Problem, Refusal
from payforsuccess.measures.lazily import ir
from payforsuccess.records.link.clusters import Decisions, cluster_links
from payforsuccess.records.link.linking import (
    GroupJob,
    all_links,
    groups_of,
    inputs_of,
    link_groups,
)
from payforsuccess.records.link.methods import METHODS
from payforsuccess.records.link.people import person_keys
from payforsuccess.records.link.permitted import check_method
from payforsuccess.records.link.quality import AtThreshold, quality_at
from payforsuccess.runs.data.ingest import Tell, keep_quiet
from payforsuccess.runs.link.decided import decisions_here
from payforsuccess.runs.link.decisions import decisions_that_hold
from payforsuccess.runs.link.files import KeptLinks, latest_links, write_links
from payforsuccess.runs.link.match_rates import MatchRates, gap_findings, gap_problems, match_rates
from payforsuccess.runs.link.missed import missed_findings
from payforsuccess.runs.link.quality import (
    MatchedFeed,
    as_decimal,
    at_other_thresholds,
    matched_feeds,
    quality_findings,
    waiting_in_review,
)
from payforsuccess.runs.link.sides import earlier_run, sides_of
from payforsuccess.store import Snapshot, Store, typed_table
from payforsuccess.units import exact_text

LOWEST_KEPT = Fraction(1, 20)
"""Pairs of a lower score are not kept, unless the review band begins lower."""


@dataclass(frozen=True)
class Linked:
    """The links of a deal, the people they make, and how good the match thinks it is.

    `links` and `people` are the tables of links and of linked people; a record that is not among
    these stands for itself. `waiting` counts the pairs in the review band, None without a band;
    `refused` those over the threshold that the rule of one to one or a decision kept apart. `rates`
    are the match rates by arm, feed by feed.
    """

    links: pa.Table
    people: pa.Table
    fingerprint: str
    folder: Path
    findings: tuple[Finding, ...]
    feeds: tuple[MatchedFeed, ...]
    quality: AtThreshold
    others: tuple[AtThreshold, ...]
    waiting: int | None
    refused: int
    compared: int
    rates: tuple[MatchRates, ...] = ()


def link_people(
    deal: Deal,
    snapshot: Snapshot,
    *,
    store: Store,
    folder: Path,
    decisions: Decisions | None = None,
    tell: Tell = keep_quiet,
) -> Linked:
    """Match the people of the deal's feeds as its plan says, and keep the links under `folder`.

    Only the identities are opened, and of the enrolments the days of referral: what was learnt of
    the deal's own people afterwards is not used. `decisions` are those that hold under `folder`
    unless given. The same records, plan and decisions give the same links. Refuses feeds that may
    not be matched, a person of more records than the plan allows, and, once the links are kept, a
    gap between the arms' match rates that the plan does not allow.
    """
    plan = planned(deal)
    lowest = exact_text(min(LOWEST_KEPT, plan.review.from_ if plan.review else LOWEST_KEPT))
    groups = groups_of(plan, deal.data)
    anchor = groups[0]
    kept = latest_links(folder)
    earlier = earlier_run(deal, kept, snapshot, store=store, lowest=lowest)
    sides = sides_of(deal, snapshot, store=store)
    jobs = link_groups(
        sides.of,
        groups=groups,
        inputs={
            group.name: inputs_of(snapshot, anchor, group, lowest=lowest, method=plan.method)
            for group in groups
        },
        snapshot=snapshot,
        store=store,
        earlier=earlier,
        lowest=lowest,
        method=METHODS[plan.method],
        tell=tell,
    )
    links = all_links(jobs)
    own = _own_keys(sides.of[anchor.name], store)
    decided, group_of = decisions_here(
        decisions_that_hold(folder) if decisions is None else decisions,
        _group_of(jobs, set(own)),
        sides,
        store=store,
    )
    clustered = cluster_links(
        links,
        threshold=as_decimal(plan.threshold),
        group_of=group_of,
        anchor=anchor.name,
        one_to_one=plan.one_to_one,
        decisions=decided,
    )
    _refuse_large(clustered.clusters, plan, deal.place_of("linkage", "largest_cluster"))
    people = _people(clustered.clusters, own, kept)
    written = write_links(
        folder,
        snapshot=snapshot.fingerprint,
        plan=plan.as_plain(),
        links=clustered.links,
        people=people,
        jobs=jobs,
        group_of=group_of,
        versions={
            "payforsuccess": payforsuccess.__version__,
            "splink": version("splink"),
            "duckdb": version("duckdb"),
        },
    )
    rates = match_rates(deal, snapshot, sides, people, store=store)
    if gaps := gap_problems(deal, rates):
        raise Refusal(gaps)
    quality = quality_at(as_decimal(plan.threshold), [(j.job.links, j.job.unseen) for j in jobs])
    feeds = matched_feeds(plan, jobs, clustered, group_of, own)
    return Linked(
        links=clustered.links,
        people=people,
        fingerprint=written.fingerprint,
        folder=written.folder,
        findings=(
            *sides.findings,
            *quality_findings(deal, plan, jobs, quality),
            *gap_findings(deal, rates),
            *missed_findings(deal, feeds),
        ),
        feeds=feeds,
        quality=quality,
        others=at_other_thresholds(plan, jobs),
        waiting=waiting_in_review(plan, clustered.links),
        refused=clustered.refused,
        compared=sum(job.job.compared for job in jobs),
        rates=rates,
    )


def planned(deal: Deal) -> Linkage:
    """The deal's plan; refuses a deal without one, and feeds that may not be matched."""
    plan = deal.linkage
    where = deal.place_of("linkage")
    if plan is None:
        raise Refusal(
            Problem(
                "The deal states no plan for matching people of different feeds.",
                "Add `linkage`: the anchor, the other feeds and the threshold.",
                where,
            )
        )
    places = {source.feed: deal.place_of("data", at) for at, source in enumerate(deal.data)}
    problems = list(check_linkable(plan, deal.data, where=where, places=places))
    problems += check_method(plan, deal.data, where=deal.place_of("linkage", "method"))
    if problems:
        raise Refusal(problems)
    return plan


def _group_of(jobs: Sequence[GroupJob], own: set[str]) -> dict[str, str]:
    """Whose number each key in a link is; own: those of the deal's own people."""
    found = {}
    for job in jobs:
        for name in ("one", "other"):
            for key in pc.unique(job.job.links.column(name)).to_pylist():
                found[key] = jobs[0].group.name if key in own else job.group.name
    return found


def _own_keys(anchor: ir.Table, store: Store) -> list[str]:
    """The record keys of the deal's own people, in order."""
    rows = store.run(anchor.select("person").distinct().order_by("person"))
    keys: list[str] = rows.column("person").to_pylist()
    return keys


def _people(
    clusters: Sequence[Sequence[str]], own: Sequence[str], kept: KeptLinks | None
) -> pa.Table:
    before = {}
    if kept is not None:
        before = dict(
            zip(
                kept.people.column("record").to_pylist(),
                kept.people.column("person").to_pylist(),
                strict=True,
            )
        )
    found = {key: key for key in own}
    found |= person_keys(clusters, is_anchor=set(own), before=before)
    records = sorted(found)
    return typed_table(
        LINKED_PEOPLE, {"record": records, "person": [found[key] for key in records]}
    )


def _refuse_large(clusters: Sequence[Sequence[str]], plan: Linkage, where: Place) -> None:
    large = [len(cluster) for cluster in clusters if len(cluster) > plan.largest_cluster]
    if large:
        raise Refusal(
            Problem(
                f"{len(large):,} people would have more than {plan.largest_cluster} records each, "
                f"the largest {max(large):,}: such matches are doubtful, and none was kept.",
                "Raise the threshold, part the records with decisions, or, if they are right, "
                "raise `largest_cluster`.",
                where,
            )
        )
