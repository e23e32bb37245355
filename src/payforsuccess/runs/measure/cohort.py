"""The records of the deal's own people, looked up once for all of its measures."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pyarrow as pa

from payforsuccess.deal.checks.evidence import measures_in
from payforsuccess.deal.deal import Deal
from payforsuccess.measures import Tables
from payforsuccess.measures.lazily import ir
from payforsuccess.measures.slice import (
    compile_enrolments,
    compile_everyone,
    compile_members,
    compile_slice,
    needs_of,
)
from payforsuccess.store import Snapshot, Store

_LINKED = "linked_people"


@dataclass(frozen=True)
class CohortRecords:
    """The cohort's rows of each table, held by the store, and the same as one expression.

    `tables` are what measures run on. `whole` says where they come from: the SQL that is filed as
    evidence is made on it, so that it can be run on the snapshot itself. `enrolments` are those of
    every feed, also of feeds whose enrolments no measure counts.
    """

    tables: Tables
    whole: Tables
    enrolments: ir.Table

    @property
    def of_everyone(self) -> Tables:
        """The cohort's records with every enrolment there is, to count who is left out."""
        return replace(self.tables, enrolments=self.enrolments)


def cohort_records(
    deal: Deal, snapshot: Snapshot, *, store: Store, linked: pa.Table | None = None
) -> CohortRecords:
    """The records of everyone enrolled, in the states and of the kinds that the deal measures.

    linked: the rows that say which records are of one person, as linkage found them; without it
    each key is a person. Every table of the snapshot is read once.
    """
    everything = Tables.of(store.tables_of(snapshot))
    needs = needs_of(measure for measure, _ in measures_in(deal))
    people = None if linked is None else store.tables_from({_LINKED: linked})[_LINKED]
    enrolments = compile_enrolments(everything, needs)
    members = compile_members(enrolments, people)
    whole = everything if people is None else compile_slice(everything, members, enrolments, needs)
    held = store.kept(members, "cohort_members")
    sliced = compile_slice(everything, held, enrolments, needs)
    return CohortRecords(
        Tables(
            store.kept(sliced.enrolments, "cohort_enrolments"),
            store.kept(sliced.spells, "cohort_spells"),
            store.kept(sliced.events, "cohort_events"),
            store.kept(sliced.traits, "cohort_traits"),
        ),
        whole,
        compile_everyone(everything.enrolments, held),
    )
