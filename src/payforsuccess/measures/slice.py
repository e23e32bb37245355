"""The part of the records that a deal's measures read: one look at each table for all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from payforsuccess.deal.measures import DaysInState, HeldWithoutBreak, MeasureBase
from payforsuccess.deal.needs import kinds_named, states_named
from payforsuccess.deal.tables import CUSTODY_STATES, LINKED_PEOPLE
from payforsuccess.measures.clock import stops_in_custody
from payforsuccess.measures.lazily import ir
from payforsuccess.measures.tables import CUSTODY, LASTING, Tables
from payforsuccess.measures.watching import endings_of


@dataclass(frozen=True)
class Needs:
    """The states and kinds of event that measures read, and the feeds whose enrolments count.

    Without `enrolments_of`, those of every feed do.
    """

    states: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    enrolments_of: frozenset[str] = frozenset()


def needs_of(measures: Iterable[MeasureBase]) -> Needs:
    """What the measures read together, with what can end or stop the watching for any of them."""
    known = tuple(measures)
    states = {state for measure in known for state in (*states_named(measure), *_custody(measure))}
    kinds = {kind for measure in known for kind in kinds_named(measure)}
    limits = [measure.population.feeds for measure in known]
    feeds = {feed for limit in limits for feed in limit} if all(limits) else set()
    return Needs(frozenset(states), frozenset({*kinds, *LASTING}), frozenset(feeds))


def _custody(measure: MeasureBase) -> tuple[str, ...]:
    of_days = isinstance(measure, DaysInState | HeldWithoutBreak)
    if stops_in_custody(measure) or CUSTODY in endings_of(measure, of_days=of_days):
        return CUSTODY_STATES
    return ()


def compile_members(enrolments: ir.Table, linked: ir.Table | None) -> ir.Table:
    """One row a record of someone enrolled: record (the key that feeds use) and person.

    linked: rows of `LINKED_PEOPLE`; a key that is not among them stands for itself.
    """
    own = enrolments.select(record="person").distinct()
    if linked is None:
        return own.select("record", person="record")
    known = linked.select(*LINKED_PEOPLE.column_names)
    found = own.left_join(known.select(of="record", linked="person"), own.record == known.record)
    people = found.select("record", person=found.linked.coalesce(found.record))
    others = known.semi_join(people, "person").select("record", "person")
    return people.union(others).distinct()


def compile_enrolments(tables: Tables, needs: Needs) -> ir.Table:
    """The enrolments that measures count, each with the key its feed uses for the person."""
    if not needs.enrolments_of:
        return tables.enrolments
    return tables.enrolments.filter(tables.enrolments.feed.isin(sorted(needs.enrolments_of)))


def compile_everyone(enrolments: ir.Table, members: ir.Table) -> ir.Table:
    """Every enrolment of every feed, so that who is left out can be counted.

    Those of the cohort's records are under one person, as in the slice; the others keep the key
    that their feed uses.
    """
    known = members.select("record", of="person")
    found = enrolments.left_join(known, enrolments.person == known.record)
    return found.mutate(person=found.of.coalesce(found.person)).select(*enrolments.columns)


def compile_slice(tables: Tables, members: ir.Table, enrolments: ir.Table, needs: Needs) -> Tables:
    """The rows of the members, in the states and of the kinds that are needed, under one person.

    No bounds on days are set: they make an engine pass over fewer rows and take longer for it.
    """
    spells = tables.spells.filter(_is_one_of(tables.spells.state, needs.states))
    events = tables.events.filter(_is_one_of(tables.events.kind, needs.kinds))
    return Tables(
        *(_of_members(rows, members) for rows in (enrolments, spells, events, tables.traits))
    )


def _is_one_of(column: ir.StringValue, names: frozenset[str]) -> ir.BooleanValue:
    # said twice: by a plain list DuckDB passes over blocks of a sorted file, but only what it does
    # not take for a list picks the rows while they are read
    listed = column.isin(sorted(names))
    return listed & listed.fill_null(False)


def _of_members(rows: ir.Table, members: ir.Table) -> ir.Table:
    found = rows.rename(record="person")
    # To plain equality DuckDB adds a Bloom filter of the members' keys, which are random, and asks
    # it while it reads: what else stands in a row is decoded for hardly any but theirs.
    return found.inner_join(members, "record").select(*rows.columns)


def compile_taking_part(tables: Tables, members: ir.Table) -> ir.Table:
    """When the programme enrolled the members, in rows that assign no arm: person, enrolled_on."""
    rows = tables.enrolments
    rows = rows.filter(rows.enrolled_on.notnull(), rows.arm.isnull())
    return _of_members(rows, members).select("person", "enrolled_on")


def compile_weakest_links(
    pairs: ir.Table, members: ir.Table, *, taken_only: bool = True
) -> ir.Table:
    """The weakest link between two records of one person: person, score; none with one record.

    pairs: rows of `LINKS`. taken_only: only pairs that count as one person as people are matched
    now; for another way of matching, any pair whose records are of one person there.
    """
    if taken_only:
        pairs = pairs.filter(pairs.is_taken == 1)
    one = members.select(one_record="record", person="person")
    other = members.select(other_record="record", other_person="person")
    found = pairs.inner_join(one, pairs.one == one.one_record)
    found = found.inner_join(
        other, [found.other == other.other_record, found.person == other.other_person]
    )
    return found.group_by("person").aggregate(score=found.score.min())
