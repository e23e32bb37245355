"""What keeps a plan's people from being compared: too early, twice, in two arms, never drawn."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from payforsuccess.deal.evaluation import (
    EvaluationPlan,
    PrePost,
    Randomised,
    TwoArmBase,
    VerifiedCount,
)
from payforsuccess.deal.words.phrases import counted
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.measures import NOT_YET_OBSERVED


def refuse_unfit(
    plan: EvaluationPlan, rows: pa.Table, where: Place, *, as_matched: bool = True
) -> None:
    """Refuse rows from which the plan's estimate would be doubtful; all reasons together.

    as_matched: whether people are as the deal matches them. Under another way of matching, that is
    looked at to see what a wrong match would cost, two people may well be taken for one.
    """
    if not rows.num_rows:
        raise Refusal(
            Problem(
                "No one in the records belongs to the plan's population.",
                "Correct the population, or wait for enrolments.",
                where,
            )
        )
    problems = [*_unfinished(rows, where)]
    if isinstance(plan, TwoArmBase):
        rows = rows.filter(pc.is_in(rows["arm"], pa.array([plan.arms.treated, plan.arms.control])))
    if not isinstance(plan, VerifiedCount):
        problems += _without_part(plan, rows, where)
    if as_matched and isinstance(plan, TwoArmBase | PrePost):
        problems += _twice(rows, where)
    if isinstance(plan, Randomised):
        problems += _before_assignment(rows, where)
    if problems:
        raise Refusal(problems)


def _unfinished(rows: pa.Table, where: Place) -> Iterator[Problem]:
    waiting = pc.sum(pc.equal(rows.column("status"), NOT_YET_OBSERVED)).as_py()
    if waiting:
        yield Problem(
            f"{waiting:,} of {rows.num_rows:,} windows are not yet seen to their end.",
            "Wait until the feeds are complete through the last window, or limit the plan's "
            "population to those who started earlier.",
            where,
        )


def _without_part(plan: EvaluationPlan, rows: pa.Table, where: Place) -> Iterator[Problem]:
    """The plan reads what the records cannot tell."""
    asks_part = plan.estimand == "tot" or any(f.when == "crossover-above" for f in plan.fallback)
    if asks_part and "took_part" not in rows.column_names:
        yield Problem(
            "The plan reads who took part, and the records do not tell it: everyone's window "
            "starts at enrolment, or no one has a day on which the programme enrolled them.",
            "Start the window at the day of assignment or referral, and give the day of enrolment "
            "of those who came.",
            where,
        )
    asks_links = any(f.when == "match-rate-below" for f in plan.fallback)
    if asks_links and "linked" not in rows.column_names:
        yield Problem(
            "The plan reads how many people were matched, and the deal matches nobody.",
            "State `linkage`, or take the fall-back away.",
            where,
        )


def _twice(rows: pa.Table, where: Place) -> Iterator[Problem]:
    """A person counted twice makes the error too small; one in two arms belongs to none."""
    people = rows.group_by("person").aggregate([("enrolment", "count"), ("arm", "count_distinct")])
    in_two = pc.sum(pc.greater(people["arm_count_distinct"], 1)).as_py() or 0
    twice = (pc.sum(pc.greater(people["enrolment_count"], 1)).as_py() or 0) - in_two
    if in_two:
        yield Problem(
            f"{counted(in_two, 'person')} {'is' if in_two == 1 else 'are'} in two arms of the "
            "plan.",
            "Keep for each person the arm of the first assignment, and correct the feed.",
            where,
        )
    if twice:
        yield Problem(
            f"{counted(twice, 'person')} {'has' if twice == 1 else 'have'} more than one enrolment "
            "in the plan's population, and would be compared more than once.",
            "Keep the first assignment of each person in the feed, or limit the population to the "
            "feed, the sites or the days of the assignment.",
            where,
        )


def _before_assignment(rows: pa.Table, where: Place) -> Iterator[Problem]:
    early = pc.fill_null(pc.less(rows["start_on"], rows["assigned_on"]), False)
    found = pc.sum(early).as_py() or 0
    if found:
        yield Problem(
            f"For {counted(found, 'person')} the window begins before the day of assignment, so "
            "that the outcome could be known when chance decided.",
            "Start the window at `assignment` or later, or correct the days of the feed.",
            where,
        )
