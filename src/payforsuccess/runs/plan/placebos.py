"""Made-up trials of people who had no programme, one for each plan that an outcome rests on."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.evaluation import Randomised
from payforsuccess.evaluation.power.payment_placebo import Placebo
from payforsuccess.finance.study.placebo import placebo_of, why_no_placebo
from payforsuccess.finance.study.rules import EXACT_TESTS
from payforsuccess.measures import NOT_YET_OBSERVED
from payforsuccess.runs.measure.cohort import CohortRecords
from payforsuccess.runs.measure.measuring import measure_people
from payforsuccess.store import Store


@dataclass(frozen=True)
class PlaceboStudy:
    """The placebo of one plan, and the outcomes that rest on it."""

    plan: str
    outcomes: tuple[str, ...]
    known: int
    unknown: int
    placebo: Placebo


def placebo_studies(
    deal: Deal,
    store: Store,
    records: CohortRecords,
    *,
    splits: int,
    seed: int,
    people: int | None,
) -> tuple[tuple[PlaceboStudy, ...], tuple[str, ...]]:
    """One study a plan, and what could not be split and why.

    People whose outcome is not known are left out, and so are those whose window is not yet over.
    """
    found: list[PlaceboStudy] = []
    unable: list[str] = []
    for number, (name, plan) in enumerate(deal.evaluation.items()):
        outcomes = tuple(o for o, each in deal.outcomes.items() if each.estimate == name)
        if not outcomes:
            continue
        why = why_no_placebo(plan)
        if why or not isinstance(plan, Randomised):
            unable.append(f"`{name}` is not backtested: {why}.")
            continue
        rows = measure_people(
            deal,
            plan.measure,
            excused_as=(name, *outcomes),
            store=store,
            records=records,
            where=deal.place_of("evaluation", name, "measure"),
        ).rows
        values = _known(rows)
        if not values:
            unable.append(f"`{name}` is not backtested: no outcome of the cohort is known.")
            continue
        placebo = placebo_of(plan, values, splits=splits, seed=(seed, number), people=people)
        unknown = rows.num_rows - len(values)
        found.append(PlaceboStudy(name, outcomes, len(values), unknown, placebo))
        if plan.test in EXACT_TESTS:
            unable.append(f"The test {plan.test} of `{name}` is drawn as Pearson's.")
    return tuple(found), tuple(unable)


def _known(rows: pa.Table) -> list[float]:
    return [
        float(quantity)
        for quantity, status in zip(
            rows["quantity"].to_pylist(), rows["status"].to_pylist(), strict=True
        )
        if quantity is not None and status != NOT_YET_OBSERVED
    ]
