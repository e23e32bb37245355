"""What a deal's outcomes come to if people had been matched otherwise, several ways at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from payforsuccess.deal.results import Result
from payforsuccess.deal.tables import LINKED_PEOPLE, PERSON_ROWS
from payforsuccess.runs.measure.cohort import FOLLOWS, CohortRecords, hold_others
from payforsuccess.runs.measure.evaluate import Evaluated
from payforsuccess.runs.measure.measure import Measured
from payforsuccess.runs.measure.measuring import MeasuredPeople
from payforsuccess.store import joined, typed_table

PersonOf = Mapping[str, str]
"""The person of each record, as linkage names them."""
_Records = frozenset[str]
_OTHER = "\x1e"
"""Begins the names that people of other records go by in here: no key of a person does."""


@dataclass(frozen=True)
class FoundOtherwise:
    """The results of one way of matching, and the rows of the person ledger."""

    results: tuple[Result, ...]
    person_rows: pa.Table


def measure_matches(
    records: CohortRecords,
    measured: Measured,
    evaluated: Evaluated,
    *,
    now: PersonOf,
    ways: Sequence[PersonOf],
) -> list[FoundOtherwise]:
    """Every outcome under each way of matching people, the store of the run still open.

    now: the people that were measured. Everybody's result depends on their own records alone, so
    only people of other records than now are looked at, all of them at once and each as a person
    of their own; the others' rows are taken as they are. Each way has everyone enrolled in it.
    Afterwards the store no longer holds the cohort's records.
    """
    people = PeopleOfWays(now, ways)
    hold_others(records, people.members)
    counted = [one.counting for one in measured.outcomes if one.counting is not None]
    estimating = evaluated.estimating
    found: list[list[Result]] = [[] for _ in ways]
    ledgers: list[list[pa.Table]] = [[] for _ in ways]
    for counting in counted:
        others = _asked_again(counting.people)
        rows_of = [people.rows_of(at, counting.people.rows, others) for at, _ in enumerate(ways)]
        for at, counts in enumerate(counting.count_ways(rows_of)):
            found[at] += counts.results
            ledgers[at] += [people.named(at, table) for table in counts.person_rows]
    if estimating is not None:
        asked = {name: each.ask() for name, each in estimating.people.items()}
        others_of = {name: under_own_keys(rows) for name, rows in asked.items()}
        secondary_of = {
            name: {
                outcome: under_own_keys(rows)
                for outcome, rows in each.ask_secondary(asked[name]).items()
            }
            for name, each in estimating.people.items()
            if estimating.deal.evaluation[name].several_outcomes is not None
        }
        for at, _ in enumerate(ways):
            rows_by_plan = {
                name: people.rows_of(at, each.rows, others_of[name])
                for name, each in estimating.people.items()
            }
            secondary = {
                name: {
                    outcome: people.rows_of(at, estimating.people[name].secondary[outcome], rows)
                    for outcome, rows in outcomes.items()
                }
                for name, outcomes in secondary_of.items()
            }
            found[at] += estimating.estimate_others(rows_by_plan, secondary)
    return [
        FoundOtherwise(tuple(found[at]), joined(PERSON_ROWS, ledgers[at]))
        for at, _ in enumerate(ways)
    ]


def _asked_again(people: MeasuredPeople) -> pa.Table:
    return under_own_keys(people.ask())


def under_own_keys(rows: pa.Table) -> pa.Table:
    """Rows of people that `hold_others` put in place, each enrolment under the key it has."""
    keys = pc.list_element(
        pc.split_pattern(rows.column("enrolment"), FOLLOWS, max_splits=1, reverse=True), 0
    )
    return rows.set_column(rows.column_names.index("enrolment"), "enrolment", keys)


class PeopleOfWays:
    """The people of each way: those who are as they are now, and those of other records."""

    def __init__(self, now: PersonOf, ways: Sequence[PersonOf]) -> None:
        known = {records: person for person, records in _records_of(now).items()}
        others: dict[_Records, str] = {}
        self._same: list[dict[str, str]] = []
        self._other: list[dict[str, str]] = []
        for way in ways:
            same, other = {}, {}
            for person, records in _records_of(way).items():
                if records in known:
                    same[known[records]] = person
                else:
                    other[others.setdefault(records, f"{_OTHER}{len(others)}")] = person
            self._same.append(same)
            self._other.append(other)
        pairs = [(key, name) for records, name in others.items() for key in sorted(records)]
        self.members = typed_table(
            LINKED_PEOPLE,
            {"record": [key for key, _ in pairs], "person": [name for _, name in pairs]},
        )

    def rows_of(self, at: int, now: pa.Table, others: pa.Table) -> pa.Table:
        """The rows of one way; people of other records go by names of this measurement."""
        same = pc.is_in(now.column("person"), pa.array(self._same[at], pa.string()))
        other = pc.is_in(others.column("person"), pa.array(self._other[at], pa.string()))
        return pa.concat_tables([now.filter(same), others.filter(other)])

    def named(self, at: int, rows: pa.Table) -> pa.Table:
        """Rows of the ledger with everybody named as in this way of matching."""
        names = self._same[at] | self._other[at]
        people = pa.array([names[key] for key in rows.column("person").to_pylist()], pa.string())
        named = rows.set_column(rows.column_names.index("person"), "person", people)
        return named.sort_by([(name, "ascending") for name in PERSON_ROWS.sorted_by])


def _records_of(people: PersonOf) -> dict[str, _Records]:
    found: dict[str, list[str]] = {}
    for record, person in people.items():
        found.setdefault(person, []).append(record)
    return {person: frozenset(records) for person, records in found.items()}
