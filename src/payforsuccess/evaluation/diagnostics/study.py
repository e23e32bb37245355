"""A whole study by the What Works Clearinghouse's rules, as a reading and not as its rating.

The rules are those of its Procedures and Standards Handbook 5.0 as told in reference/evaluation;
the attrition grid and what follows from a class are from memory and to be checked against the
handbook, and every reading says so. The Clearinghouse alone rates studies.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from payforsuccess.deal.estimates import Estimate, TraitBalance
from payforsuccess.deal.evaluation import EvaluationPlan, Matched
from payforsuccess.evaluation.balance import Reading, reading_of

StudyClass = Literal[
    "could meet standards without reservations",
    "could meet standards with reservations",
    "does not meet standards",
    "outside of the standards",
    "not to be told",
]
TO_BE_CHECKED = (
    "This reading is to be checked against the Clearinghouse's handbook (Procedures and Standards "
    "5.0); the Clearinghouse alone rates studies."
)
_ADJUSTING = ("ancova", "lin", "doubly-robust", "two-stage-least-squares", "cox")


@dataclass(frozen=True)
class StudyReading:
    """What the rules would say: under cautious and under optimistic assumptions on attrition.

    needs_baseline: whether baseline equivalence decides. failing: traits that decide against it.
    says: sentences for a report; the last says what is to be checked.
    """

    cautious: StudyClass
    optimistic: StudyClass
    needs_baseline: bool
    failing: tuple[str, ...]
    says: tuple[str, ...]


def study_reading(plan: EvaluationPlan, estimate: Estimate) -> StudyReading:
    """The class of a study by its design, its attrition and how alike its arms were.

    A randomised study with low attrition needs no baseline test. Others must show that each fact
    of the balance table differs by at most 0.05 standard deviations, or by at most 0.25 if the
    estimate adjusts for it. Weighted comparison groups are judged with their weights. A balance
    table of everyone assigned stands in for one of the people analysed, which the rules ask for.
    """
    if plan.design in ("pre-post", "verified-count"):
        says = "There is no comparison group, so the standards for effects do not apply."
        return _reading("outside of the standards", "outside of the standards", (says,))
    if plan.design == "staggered":
        says = "Places over periods are judged by rules that this program does not hold."
        return _reading("not to be told", "not to be told", (says,))
    equal, failing, about_balance = _equivalence(plan, estimate)
    if plan.design != "randomised":
        says = "Chance did not decide who was served, so baseline equivalence is asked for."
        return _reading(equal, equal, (says, *about_balance), needs_baseline=True, failing=failing)
    low: StudyClass = "could meet standards without reservations"
    attrition = {
        "low under both": (
            low,
            low,
            "Attrition is low: a randomised study needs no baseline test.",
        ),
        "low under optimistic assumptions only": (
            equal,
            low,
            "Attrition is low under optimistic assumptions, and no baseline test is then needed; "
            "under cautious ones it is high, and one is.",
        ),
        "high": (equal, equal, "Attrition is high, so baseline equivalence is asked for."),
        "beyond the grid": (
            equal,
            equal,
            "More people are lost than the grid of attrition goes; it is high.",
        ),
    }
    cautious, optimistic, about_attrition = attrition[estimate.attrition.reading]
    needs = estimate.attrition.reading != "low under both"
    return _reading(
        cautious,
        optimistic,
        (about_attrition, *(about_balance if needs else ())),
        needs_baseline=needs,
        failing=failing if needs else (),
    )


def _equivalence(
    plan: EvaluationPlan, estimate: Estimate
) -> tuple[StudyClass, tuple[str, ...], tuple[str, ...]]:
    if not estimate.balance:
        says = "The plan shows no facts from before, so baseline equivalence cannot be told."
        return "not to be told", (), (says,)
    adjusts = plan.estimator in _ADJUSTING or (isinstance(plan, Matched) and plan.bias_adjusted)
    adjusted = set(plan.covariates) if adjusts else set()
    failing, mended = [], []
    for row in estimate.balance:
        reading = _of_row(plan, row)
        if reading == "at most 0.05":
            continue
        if reading == "0.05 to 0.25" and row.trait.split(": ")[0] in adjusted:
            mended.append(row.trait)
        else:
            failing.append(row.trait)
    if failing:
        says = (
            "Baseline equivalence is not shown: the arms are too far apart in "
            f"{', '.join(failing)}."
        )
        return "does not meet standards", tuple(failing), (says,)
    said = "Baseline equivalence is shown in every fact of the balance table."
    if mended:
        said += f" It rests on the adjustment for {', '.join(mended)}."
    return "could meet standards with reservations", (), (said,)


def _of_row(plan: EvaluationPlan, row: TraitBalance) -> Reading:
    """The class of a fact: with the weights of a comparison group where there are some."""
    if isinstance(plan, Matched):
        return reading_of(None if row.after is None else float(row.after))
    return row.reading


def _reading(
    cautious: StudyClass,
    optimistic: StudyClass,
    says: tuple[str, ...],
    *,
    needs_baseline: bool = False,
    failing: tuple[str, ...] = (),
) -> StudyReading:
    return StudyReading(cautious, optimistic, needs_baseline, failing, (*says, TO_BE_CHECKED))
