"""All jobs of a plan: the anchor with itself, and with each other set of people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import ibis.expr.types as ir
import pyarrow as pa

from payforsuccess.deal.data import DataSource
from payforsuccess.deal.linkage import Linkage
from payforsuccess.records.link.changes import MOST_NEW, NEW, find_new, links_without
from payforsuccess.records.link.job import BY_NAMES, Before, Job, Method, link_job, link_jobs
from payforsuccess.store import Snapshot, Store
from payforsuccess.trail import fingerprint

VERSION = 3
"""Raised when the same identities would be compared otherwise than before."""


@dataclass(frozen=True)
class Group:
    """People of one numbering: the feeds that use it and are matched together."""

    name: str
    feeds: tuple[str, ...]


@dataclass(frozen=True)
class GroupJob:
    """A job with its group. `inputs` names what it was made of; `trained_on` the snapshot whose
    rows taught the model."""

    group: Group
    inputs: str
    trained_on: str
    job: Job


@dataclass(frozen=True)
class Earlier:
    """An earlier link run: its jobs by group, and the identities it was made of, held in the store.

    `identities` is None where its snapshot cannot be read any more.
    """

    jobs: Mapping[str, GroupJob]
    identities: Mapping[str, ir.Table] | None


def groups_of(plan: Linkage, sources: Sequence[DataSource]) -> tuple[Group, ...]:
    """The anchor's group first, then those of the other feeds, in the order of the plan.

    A feed that uses the anchor's numbers is no group of its own: its people are the anchor's. Its
    identifiers are not used, for they were learnt by serving them.
    """
    numbers = {source.feed: source.numbers_of for source in sources}
    anchor = numbers[plan.anchor]
    feeds: dict[str, list[str]] = {}
    for feed in plan.feeds:
        if numbers[feed] != anchor:
            feeds.setdefault(numbers[feed], []).append(feed)
    others = tuple(Group(name, tuple(names)) for name, names in feeds.items())
    return (Group(anchor, (plan.anchor,)), *others)


def inputs_of(snapshot: Snapshot, anchor: Group, group: Group, *, lowest: str, method: str) -> str:
    """The fingerprint of everything a job depends on: rows, method, and this code's version."""
    feeds = {*anchor.feeds, *group.feeds}
    identities = [
        [part.feed, part.fingerprint]
        for part in snapshot.parts_of("identities")
        if part.feed in feeds
    ]
    enrolments = [[part.feed, part.fingerprint] for part in snapshot.parts_of("enrolments")]
    return fingerprint(
        {
            "version": VERSION,
            "method": method,
            "lowest": lowest,
            "group": group.name,
            "identities": identities,
            "enrolments": enrolments,
        }
    )


def link_groups(
    sides: Mapping[str, ir.Table],
    *,
    groups: Sequence[Group],
    inputs: Mapping[str, str],
    snapshot: Snapshot,
    store: Store,
    earlier: Earlier | None,
    lowest: str,
    method: Method = BY_NAMES,
    tell: Callable[[str], None],
) -> list[GroupJob]:
    """The links of every group; what an earlier run found of the same inputs is taken over.

    sides: identities by group, the anchor's first, as `groups`. Where rows were added, only new
    people are compared, with the model of before, so that nobody else's score moves. Where more
    than half are new, all are compared anew; one model is trained for all groups of which that is
    true.
    """
    anchor = groups[0]
    found: dict[str, GroupJob] = {}
    for group in groups:
        was = earlier.jobs.get(group.name) if earlier else None
        if was is None:
            continue
        if was.inputs == inputs[group.name]:
            tell(f"{group.name}: as before, {was.job.links.num_rows:,} links")
            found[group.name] = replace(was, group=group)
            continue
        other = None if group is anchor else sides[group.name]
        before = _before(was, earlier, sides[anchor.name], other, group, method, store)
        if before is not None:
            tell(f"{group.name}: only new people are compared")
            job = link_job(
                sides[anchor.name],
                other,
                store=store,
                method=method,
                before=before,
                lowest=lowest,
                tell=tell,
            )
            found[group.name] = GroupJob(group, inputs[group.name], was.trained_on, job)
    anew = [group for group in groups if group.name not in found]
    if anew:
        tell(f"{', '.join(group.name for group in anew)}: training")
        jobs = link_jobs(
            sides[anchor.name],
            [None if group is anchor else sides[group.name] for group in anew],
            store=store,
            method=method,
            lowest=lowest,
            tell=tell,
        )
        for group, job in zip(anew, jobs, strict=True):
            found[group.name] = GroupJob(group, inputs[group.name], snapshot.fingerprint, job)
    return [found[group.name] for group in groups]


def _before(
    was: GroupJob | None,
    earlier: Earlier | None,
    anchor: ir.Table,
    other: ir.Table | None,
    group: Group,
    method: Method,
    store: Store,
) -> Before | None:
    if was is None or was.job.parameters is None or earlier is None or earlier.identities is None:
        return None
    then = earlier.identities
    sides_now = [anchor, *([] if other is None else [other])]
    names = ["", *([] if other is None else [group.name])]
    if any(name not in then for name in names):
        return None
    new, share = find_new(sides_now, [then[name] for name in names], store=store, ways=method.ways)
    if share > MOST_NEW:
        return None
    return Before(was.job.parameters, links_without(was.job.links, new), was.job.unseen, NEW)


def all_links(jobs: Sequence[GroupJob]) -> pa.Table:
    """The links of all jobs, in the order of their table."""
    return pa.concat_tables([found.job.links for found in jobs]).sort_by(
        [("one", "ascending"), ("other", "ascending")]
    )
