"""The records of the deal's people, matched across its feeds where the deal says how."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.evaluation import Randomised
from payforsuccess.errors import Finding
from payforsuccess.runs.data.ingest import Ingested, Tell, keep_quiet
from payforsuccess.runs.folder import DealFolder
from payforsuccess.runs.measure.cohort import CohortRecords, cohort_records
from payforsuccess.store import Snapshot, Store, duckdb_beside

if TYPE_CHECKING:
    from payforsuccess.evaluation.lottery.listed import AssignmentList
    from payforsuccess.runs.link.link import Linked

LINKS = "links"
"""The folder under `out/` that holds what linkage found."""


@dataclass(frozen=True)
class PeopleRecords:
    """The cohort's records, and the links that say whose they are; none in a deal without."""

    records: CohortRecords
    linked: Linked | None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What to know about the match."""
        return () if self.linked is None else self.linked.findings


def people_records(
    deal: Deal, ingested: Ingested, *, store: Store, folder: DealFolder, tell: Tell = keep_quiet
) -> PeopleRecords:
    """Match people as the deal's linkage plan says, and look their records up once.

    A deal without a plan takes each number of a feed for a person of its own. People are matched
    on DuckDB, whatever engine measures. The sealed list of a lottery comes with them.
    """
    return records_of_snapshot(deal, ingested.snapshot, store=store, folder=folder, tell=tell)


def records_of_snapshot(
    deal: Deal, snapshot: Snapshot, *, store: Store, folder: DealFolder, tell: Tell = keep_quiet
) -> PeopleRecords:
    """The same from a snapshot that is kept."""
    linked = None
    if deal.linkage is not None:
        from payforsuccess.runs.link.link import link_people

        tell("matching people across feeds")
        with duckdb_beside(store) as engine:
            linked = link_people(deal, snapshot, store=engine, folder=folder.out / LINKS, tell=tell)
    records = cohort_records(
        deal,
        snapshot,
        store=store,
        linked=None if linked is None else linked.people,
        links=None if linked is None else linked.links,
    )
    return PeopleRecords(replace(records, drawn=_drawn(deal, folder)), linked)


def _drawn(deal: Deal, folder: DealFolder) -> AssignmentList | None:
    """The sealed list of a deal that draws by lottery, once it is open."""
    plans = deal.evaluation.values()
    if not any(isinstance(plan, Randomised) and plan.lottery for plan in plans):
        return None
    from payforsuccess.runs.assign.kept import read_list

    listed = read_list(folder)
    return None if listed.opened is None else listed
