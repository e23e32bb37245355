"""The records of the deal's own people, looked up once for all of its measures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from textwrap import indent
from typing import TYPE_CHECKING

import pyarrow as pa

from payforsuccess.deal.checks.evidence import measures_in
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.evaluation import Randomised
from payforsuccess.measures import Tables
from payforsuccess.measures.lazily import ir
from payforsuccess.measures.slice import (
    Needs,
    compile_enrolments,
    compile_everyone,
    compile_members,
    compile_slice,
    compile_taking_part,
    compile_weakest_links,
    needs_of,
)
from payforsuccess.store import Snapshot, Store

if TYPE_CHECKING:
    from payforsuccess.evaluation.lottery.listed import AssignmentList

_LINKED = "linked_people"
_OTHERS = "other_members"
_PAIRS = "linked_pairs"
MEMBERS, ENROLMENTS, SPELLS, EVENTS, TRAITS = (
    "cohort_members",
    "cohort_enrolments",
    "cohort_spells",
    "cohort_events",
    "cohort_traits",
)
TAKING_PART, WEAKEST = "cohort_taking_part", "cohort_weakest_links"
FOLLOWS = "\x1f"
"""Between an enrolment's key and a person's, where one enrolment is measured for several people."""
_HELD = re.compile(r"""(?:["`]\w+["`]\.)*(["`])cohort_(\w+)\1""")
"""A table of the cohort in SQL, wherever the engine holds it."""


@dataclass(frozen=True)
class CohortRecords:
    """The cohort's rows of each table, held by the store, and where they come from.

    `tables` are what measures run on. `enrolments` are those of every feed, also of feeds whose
    enrolments no measure counts. `everything` is the snapshot, `members` whose records are the
    cohort's. `steps` give the members and the rows of each table from the snapshot, for people who
    are matched; there are none where each key is a person. `links` are the weakest of each person,
    and `pairs` those they come from, where people were matched. `drawn` is the sealed list of a
    lottery, where the deal has opened one.
    """

    tables: Tables
    enrolments: ir.Table
    everything: Tables
    members: ir.Table
    needs: Needs
    store: Store
    steps: Mapping[str, ir.Table]
    pairs: ir.Table | None = None
    links: ir.Table | None = None
    drawn: AssignmentList | None = None

    @cached_property
    def taking_part(self) -> ir.Table:
        """When the programme enrolled someone, in rows that assign no arm: person, enrolled_on."""
        return self.store.kept(compile_taking_part(self.everything, self.members), TAKING_PART)

    @cached_property
    def tells_enrolment(self) -> bool:
        """Whether the records say of anyone that the programme enrolled them, and when.

        Where they say it of no one, they are silent about who took part: that is not zero.
        """
        own = self.tables.enrolments
        asked = (own.filter(own.enrolled_on.notnull()).select("person"), self.taking_part)
        return any(self.store.run(rows.limit(1)).num_rows for rows in asked)

    @property
    def of_everyone(self) -> Tables:
        """The cohort's records with every enrolment there is, to count who is left out."""
        return replace(self.tables, enrolments=self.enrolments)

    def filed(self, sql: str) -> str:
        """The SQL of a measure so that it runs on the snapshot itself, as evidence.

        Where people are matched, the cohort's tables are steps before it. Elsewhere they differ
        from the snapshot's only in rows that no measure counts, and it reads the snapshot's.
        """
        if not self.steps:
            return _HELD.sub(r"\1\2\1", sql)
        used = {MEMBERS, *(f"cohort_{found[2]}" for found in _HELD.finditer(sql))}
        steps = ", ".join(step for name, step in self._written.items() if name in used)
        rest = _unplaced(sql)
        return f"WITH {steps}" + (
            f", {rest.removeprefix('WITH ')}" if rest.startswith("WITH ") else f"\n{rest}"
        )

    @cached_property
    def _written(self) -> dict[str, str]:
        written = {}
        for name, rows in self.steps.items():
            sql = _unplaced(self.store.sql_of(rows))
            quote = "`" if "`" in sql else '"'
            written[name] = f"{quote}{name}{quote} AS (\n{indent(sql, '  ')}\n)"
        return written


def _unplaced(sql: str) -> str:
    """The SQL with the cohort's tables by their bare names."""
    return _HELD.sub(r"\1cohort_\2\1", sql)


def cohort_records(
    deal: Deal,
    snapshot: Snapshot,
    *,
    store: Store,
    linked: pa.Table | None = None,
    links: pa.Table | None = None,
) -> CohortRecords:
    """The records of everyone enrolled, in the states and of the kinds that the deal measures.

    linked: the rows that say which records are of one person, as linkage found them; without it
    each key is a person. links: the pairs behind them, for the weakest of each person. Every table
    of the snapshot is read once.
    """
    everything = Tables.of(store.tables_of(snapshot))
    needs = needs_of(measure for measure, _ in measures_in(deal))
    needs = replace(needs, states=needs.states | _states_that_change(deal))
    people = None if linked is None else store.tables_from({_LINKED: linked})[_LINKED]
    enrolments = compile_enrolments(everything, needs)
    members = compile_members(enrolments, people)
    held = store.kept(members, MEMBERS)
    sliced = compile_slice(everything, held, enrolments, needs)
    named = {
        ENROLMENTS: sliced.enrolments,
        SPELLS: sliced.spells,
        EVENTS: sliced.events,
        TRAITS: sliced.traits,
    }
    pairs = None if links is None else store.tables_from({_PAIRS: links})[_PAIRS]
    return CohortRecords(
        Tables(*(store.kept(rows, name) for name, rows in named.items())),
        compile_everyone(everything.enrolments, held),
        everything,
        held,
        needs,
        store,
        {} if linked is None else {MEMBERS: members, **named},
        pairs,
        None if pairs is None else store.kept(compile_weakest_links(pairs, held), WEAKEST),
    )


def _states_that_change(deal: Deal) -> frozenset[str]:
    """The states that a plan adjusts for as people come into them and leave."""
    plans = (plan for plan in deal.evaluation.values() if isinstance(plan, Randomised))
    return frozenset(one.state for plan in plans for one in plan.changing if one.state is not None)


def hold_others(records: CohortRecords, members: pa.Table) -> None:
    """Put other members in the place of the cohort's: each of their enrolments under each person.

    members: record and person; a record may be of several people, who are then measured each by
    themselves. An enrolment's key is followed by `FOLLOWS` and the person's. Facts about
    people are kept for the cohort too. Whatever was asked of `records.tables` before can be asked
    again, and is now asked of these.
    """
    everything, store = records.everything, records.store
    others = store.tables_from({_OTHERS: members})[_OTHERS].select("record", "person")
    enrolments = compile_enrolments(everything, records.needs)
    sliced = compile_slice(everything, others, enrolments, records.needs)
    own = sliced.enrolments
    store.kept(own.mutate(enrolment=own.enrolment + FOLLOWS + own.person), ENROLMENTS)
    store.kept(sliced.spells, SPELLS)
    store.kept(sliced.events, EVENTS)
    everyone = records.members.union(others)
    of_everyone = compile_slice(everything, everyone, enrolments, records.needs)
    store.kept(of_everyone.traits, TRAITS)
    if "taking_part" in vars(records):
        store.kept(compile_taking_part(everything, everyone), TAKING_PART)
    if records.pairs is not None:
        links = compile_weakest_links(records.pairs, everyone, taken_only=False)
        store.kept(links, WEAKEST)
