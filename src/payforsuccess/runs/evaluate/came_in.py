"""How the people of a plan came in: referred, found eligible, enrolled, by arm."""

from __future__ import annotations

from collections import Counter

import pyarrow as pa

from payforsuccess.measures import Tables
from payforsuccess.reports.evaluation.facts import STAGES, CameIn
from payforsuccess.runs.measure.cohort import FOLLOWS
from payforsuccess.store import Store

_DAYS = {"referred": "referred_on", "eligible": "eligible_on", "enrolled": "enrolled_on"}


def came_in_of(rows: pa.Table, tables: Tables, arms: tuple[str, ...], store: Store) -> list[CameIn]:
    """One for each arm: of the plan's rows, how many enrolments tell the day of each stage.

    rows: of the plan's measure, with `enrolment` and `arm`. A stage that the records of no one
    tell is None. Where the plan has one arm, all rows are its people.
    """
    days = store.run(tables.enrolments.select("enrolment", *_DAYS.values()))
    told = {
        row["enrolment"]: [stage for stage in STAGES if row[_DAYS[stage]] is not None]
        for row in days.to_pylist()
    }
    counts: dict[str, Counter[str]] = {arm: Counter() for arm in arms}
    for row in rows.select(["enrolment", "arm"]).to_pylist():
        arm = arms[0] if len(arms) == 1 else row["arm"]
        if arm in counts:
            counts[arm].update(told.get(row["enrolment"].partition(FOLLOWS)[0], ()))
    known = {stage for counter in counts.values() for stage in counter}
    return [
        CameIn(arm, **{stage: counter[stage] for stage in STAGES if stage in known})
        for arm, counter in counts.items()
    ]
