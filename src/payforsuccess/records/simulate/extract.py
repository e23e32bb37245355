"""An agency's extract: what it had on file on the day it was made, late rows still missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from payforsuccess.records.simulate.draws import Flags, Rng, Whole, shuffled_numbers, stream
from payforsuccess.records.simulate.people import People, day_number
from payforsuccess.records.simulate.plan import CountyPlan
from payforsuccess.records.simulate.written import Written, days, numbered, write_down

LATE = 0.03
_SOON, _LATEST = 5, 150
AGENCIES = ("register", "jail", "courts", "hmis", "housing", "health", "wages", "deaths")
"""The feeds of the county, in the order in which they are written."""


@dataclass(frozen=True)
class Extract:
    """One agency's files of one block: tables by file, and whose numbers are whose."""

    files: Mapping[str, pa.Table]
    records: pa.Table


class Desk:
    """One agency at work on one block: it numbers people and rows, and learns of things late."""

    def __init__(self, plan: CountyPlan, block: int, agency: str) -> None:
        self.plan, self.block, self.agency = plan, block, agency
        self._part = AGENCIES.index(agency) + 1
        self.rng: Rng = stream(plan.seed, block, "families", self._part)
        self._delays = stream(plan.seed, block, "delays", self._part)
        self._written = stream(plan.seed, block, "written", self._part)
        self.day = day_number(plan.extracted_on)
        self.covers_to = min(self.day + 1, day_number(plan.ends_on))
        """The day after the last that the extract covers; what happened later is not in it."""

    def write_down(self, people: People, files: Whole, *, ssn_missing: float) -> Written:
        """The identifiers on each of the agency's `files`: twice the position, plus 1 for alias."""
        return write_down(
            people,
            files // 2,
            errors=self.plan.errors,
            ssn_missing=ssn_missing,
            rng=self._written,
            is_alias=files % 2 == 1,
        )

    def person_numbers(self, people: People, files: Whole) -> pa.Array:
        """The agency's own number for each of its files on people."""
        return numbered(self.agency[0].upper(), self._shuffled(people, files), 8)

    def row_numbers(self, kind: int, size: int) -> pa.Array:
        """A number for each row of a kind, the same in every later extract."""
        at = (np.arange(size) + self.block * 1_000_000) % 10**10
        made = shuffled_numbers(at, seed=self.plan.seed, agency=100 + 10 * self._part + kind,
                                digits=10)  # fmt: skip
        return numbered("", made, 10)

    def is_known(self, happened: Whole) -> Flags:
        """Whether the agency had each thing on file by the day of the extract; a few come late."""
        drawn = self._delays.random((2, len(happened)))
        most = np.where(drawn[0] < LATE, _LATEST, _SOON)
        learnt = happened + np.floor(drawn[1] * most).astype(np.int64)
        return (learnt <= self.day) & (happened < self.covers_to)

    def ends(self, end: Whole, known: Flags | None = None) -> pa.Array:
        """Days on which something ended; missing where it has not, as far as is known."""
        seen = self.is_known(end) if known is None else known
        return days(np.where(seen, end, 0), missing=~seen)

    def records_of(self, people: People, files: Whole, written: Written) -> pa.Table:
        """The truth about the agency's files: its number, the person, the errors made."""
        return pa.table(
            {
                "feed": pa.array([self.agency] * len(files), pa.string()),
                "person_ref": self.person_numbers(people, files),
                "person": pa.array(people.number[files // 2]),
                "is_alias": pa.array(files % 2),
                **{name: pa.array(flags.astype(np.int8)) for name, flags in written.errors.items()},
            }
        )

    def _shuffled(self, people: People, files: Whole) -> Whole:
        own = people.number[files // 2] * 2 + files % 2
        return shuffled_numbers(own, seed=self.plan.seed, agency=self._part, digits=8)


def chosen(rng: Rng, size: int, words: tuple[str, ...], shares: tuple[float, ...]) -> pa.Array:
    """A word each, as often as its share says; the shares add up to one."""
    at = np.searchsorted(np.cumsum(shares)[:-1], rng.random(size), side="right")
    return pa.array(words).take(pa.array(at))


def only_where(column: pa.Array, kept: Flags) -> pa.Array:
    """The column, missing where not kept."""
    return pc.if_else(pa.array(kept), column, pa.nulls(len(column), column.type))
