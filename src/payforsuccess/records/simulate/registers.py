"""Two registers of the same made-up people, for measuring linkage against the truth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from payforsuccess.records.simulate.draws import Whole, shuffled_numbers, stream
from payforsuccess.records.simulate.people import People, make_people
from payforsuccess.records.simulate.plan import SSN_MISSING, SSN_MISSING_OFTEN, CountyPlan
from payforsuccess.records.simulate.written import numbered, write_down


@dataclass(frozen=True)
class TwoRegisters:
    """Some records of each register: `record`, identifiers as in the layouts, and `person`.

    `record` is the register's own number; `person` is the truth, equal for equal people, and not
    for linkage to see.
    """

    one: pa.Table
    other: pa.Table


def two_registers(records: int, *, seed: int) -> Iterator[TwoRegisters]:
    """Two registers of `records` records each, six in ten of their people in both, in parts.

    Both are written with the errors of `WritingErrors`; social security numbers are missing from
    55% of the first and from 35% of the second. Nobody stands twice in a register.
    """
    plan = CountyPlan(people=records * 14 // 10, seed=seed, enrolled=0)
    for block in range(plan.blocks):
        people = make_people(plan, block)
        tenth = people.number % 14
        yield TwoRegisters(
            one=_register(plan, block, people, np.flatnonzero(tenth < 10), part=1),
            other=_register(
                plan, block, people, np.flatnonzero((tenth < 6) | (tenth >= 10)), part=2
            ),
        )


def _register(plan: CountyPlan, block: int, people: People, who: Whole, *, part: int) -> pa.Table:
    written = write_down(
        people,
        who,
        errors=plan.errors,
        ssn_missing=SSN_MISSING_OFTEN if part == 1 else SSN_MISSING,
        rng=stream(plan.seed, block, "written", part),
    )
    number = people.number[who]
    shuffled = shuffled_numbers(number, seed=plan.seed, agency=part, digits=8)
    return pa.table(
        {
            "record": numbered("AB"[part - 1], shuffled, 8),
            **written.columns,
            "person": pa.array(number, pa.int64()),
        }
    )
