"""Whom the programme enrolled outside what chance decided: before the draw, or without one."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from payforsuccess.deal.evaluation import EvaluationPlan, Randomised
from payforsuccess.deal.words.phrases import counted
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.measures.lazily import ir
from payforsuccess.runs.measure.cohort import CohortRecords


def refuse_enrolled_otherwise(
    plan: EvaluationPlan, rows: pa.Table, records: CohortRecords, where: Place
) -> None:
    """Refuse people enrolled before they were assigned, and those enrolled and never assigned.

    rows: the plan's people. Someone without an arm counts where their enrolment is in the plan's
    population: of its feeds and sites, and enrolled on its days. Other designs draw nobody, and
    for them nothing is refused.
    """
    if not isinstance(plan, Randomised):
        return
    arms = pa.array([plan.arms.treated, plan.arms.control])
    mine = rows.filter(pc.is_in(rows["arm"], arms))
    problems = [*_too_early(mine, records, where), *_never(plan, mine, records, where)]
    if problems:
        raise Refusal(problems)


def _too_early(mine: pa.Table, records: CohortRecords, where: Place) -> Iterator[Problem]:
    own = records.tables.enrolments
    early = records.store.run(own.filter(own.enrolled_on < own.assigned_on).select("enrolment"))
    found = pc.sum(pc.is_in(mine["enrolment"], early["enrolment"].combine_chunks())).as_py() or 0
    if found:
        yield Problem(
            f"{counted(found, 'person')} {'was' if found == 1 else 'were'} enrolled by the "
            "programme before the day of assignment, so that chance did not decide who was served.",
            "Correct the days of the feed. Whoever was served before the draw belongs to no arm: "
            "take such people out of the study by a rule that was stated before results were "
            "known.",
            where,
        )


def _never(
    plan: Randomised, mine: pa.Table, records: CohortRecords, where: Place
) -> Iterator[Problem]:
    everyone = records.enrolments
    assigned = everyone.filter(everyone.arm.notnull()).select("person").distinct()
    asked = _in_population(plan, everyone).filter(
        everyone.enrolled_on.notnull(), everyone.arm.isnull()
    )
    enrolled = records.store.run(asked.anti_join(assigned, "person").select("person").distinct())
    known = pc.is_in(enrolled["person"], mine["person"].combine_chunks())
    found = enrolled.num_rows - (pc.sum(known).as_py() or 0)
    if found:
        was = "was" if found == 1 else "were"
        yield Problem(
            f"{counted(found, 'person')} {was} enrolled by the programme and {was} never assigned "
            "to an arm, so far as the records say.",
            "Find out how they came in. Give their assignment in the feed, or limit the plan's "
            "population to the feeds, the sites or the days of the assignment.",
            where,
        )


def _in_population(plan: Randomised, enrolments: ir.Table) -> ir.Table:
    population = plan.measure.population
    if population.feeds:
        enrolments = enrolments.filter(enrolments.feed.isin(population.feeds))
    if population.sites:
        enrolments = enrolments.filter(enrolments.site.isin(population.sites))
    if population.starts_from is not None:
        enrolments = enrolments.filter(enrolments.enrolled_on >= population.starts_from)
    if population.starts_to is not None:
        enrolments = enrolments.filter(enrolments.enrolled_on <= population.starts_to)
    return enrolments
