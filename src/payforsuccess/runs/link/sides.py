"""The identities that a link run compares: the anchor's as of referral, the others' as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Finding, Problem, Refusal
from payforsuccess.measures.lazily import ir
from payforsuccess.records.link.freezing import frozen_at_referral
from payforsuccess.records.link.linking import Earlier, Group, groups_of, inputs_of
from payforsuccess.runs.link.files import KeptLinks
from payforsuccess.store import Snapshot, Store, read_snapshot


@dataclass(frozen=True)
class Sides:
    """Identities by group; the anchor's are those that were known at referral."""

    of: Mapping[str, ir.Table]
    findings: tuple[Finding, ...]


def sides_of(deal: Deal, snapshot: Snapshot, *, store: Store) -> Sides:
    """The identities of every group of the plan. Refuses an anchor about whom nothing is known."""
    assert deal.linkage is not None
    groups = groups_of(deal.linkage, deal.data)
    place = deal.place_of("linkage")
    identities = store.identities_of(snapshot)
    enrolments = store.tables_of(snapshot)["enrolments"]
    held = {part.feed for part in snapshot.parts_of("identities") if part.rows}
    findings = []
    for feed in (deal.linkage.anchor, *deal.linkage.feeds):
        if feed in held:
            continue
        if feed == deal.linkage.anchor:
            raise Refusal(
                Problem(
                    f"The feed {feed} holds no identifiers, so its people cannot be found in other "
                    "feeds.",
                    "Permit its columns of names and birth dates, or name another anchor.",
                    place,
                )
            )
        findings.append(
            Finding(
                "linkage", f"The feed {feed} holds no identifiers: nobody is found there.", place
            )
        )
    grouped = {feed for group in groups for feed in group.feeds}
    for feed in deal.linkage.feeds:
        if feed not in grouped:
            findings.append(
                Finding(
                    "linkage",
                    f"The feed {feed} uses the numbers of {groups[0].name}: its people are known, "
                    "and its identifiers are not used.",
                    place,
                )
            )
    of = {group.name: _of_group(identities, group) for group in groups}
    of[groups[0].name] = frozen_at_referral(of[groups[0].name], enrolments)
    return Sides(of, tuple(findings))


def earlier_run(
    deal: Deal, kept: KeptLinks | None, snapshot: Snapshot, *, store: Store, lowest: str
) -> Earlier | None:
    """What the latest links found, with the identities of then where they are needed and readable.

    They are held in the store, which shows one snapshot at a time.
    """
    if kept is None or deal.linkage is None:
        return None
    plan = deal.linkage
    jobs = {job.group.name: job for job in kept.jobs}
    groups = groups_of(plan, deal.data)
    is_same = all(
        group.name in jobs
        and jobs[group.name].inputs
        == inputs_of(snapshot, groups[0], group, lowest=lowest, method=plan.method)
        for group in groups
    )
    if is_same or kept.snapshot == snapshot.fingerprint:
        return Earlier(jobs, None)
    try:
        then = read_snapshot(
            snapshot.folder.parent / kept.snapshot.removeprefix("sha256:"), store=store
        )
        return Earlier(jobs, _held(deal, then, groups, store))
    except Refusal:  # destroyed, or taken away: everybody is compared anew
        return Earlier(jobs, None)


def _held(
    deal: Deal, snapshot: Snapshot, groups: Sequence[Group], store: Store
) -> Mapping[str, ir.Table]:
    of = sides_of(deal, snapshot, store=store).of
    held = {}
    for at, group in enumerate(groups):
        name = f"link_before_{at}"
        sql = store.backend.compile(of[group.name])
        store.backend.con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {sql}").fetchall()
        held["" if at == 0 else group.name] = store.backend.table(name)
    return held


def _of_group(identities: ir.Table, group: Group) -> ir.Table:
    return identities.filter(identities.feed.isin(group.feeds))
