"""The measures: a closed vocabulary that says how records become a number, told apart by `kind`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from payforsuccess.deal.measures.certified_units import CertifiedUnits
from payforsuccess.deal.measures.days_in_state import DaysInState
from payforsuccess.deal.measures.event_absent import EventAbsent
from payforsuccess.deal.measures.event_count import EventCount
from payforsuccess.deal.measures.held_without_break import HeldWithoutBreak
from payforsuccess.deal.measures.mean_difference import MeanDifference
from payforsuccess.deal.measures.measure import MeasureBase, Population, Rule, StartEvent
from payforsuccess.deal.measures.milestone_reached import MilestoneReached
from payforsuccess.deal.measures.money_sum import MoneySum
from payforsuccess.deal.measures.percent_reduction import PercentReduction
from payforsuccess.deal.measures.person import PersonMeasure
from payforsuccess.deal.measures.quarters_with_earnings import QuartersWithEarnings
from payforsuccess.deal.measures.score_gain import ScoreGain
from payforsuccess.deal.measures.share_of_cohort import ShareOfCohort

AcrossArms = MeanDifference | PercentReduction

Measure = Annotated[
    CertifiedUnits
    | DaysInState
    | EventAbsent
    | EventCount
    | HeldWithoutBreak
    | MeanDifference
    | MilestoneReached
    | MoneySum
    | PercentReduction
    | QuartersWithEarnings
    | ScoreGain
    | ShareOfCohort,
    Field(discriminator="kind"),
]
"""Any measure: of one person, of a cohort, or across arms."""

COMPUTED_KINDS = (
    "certified-units",
    "days-in-state",
    "event-absent",
    "event-count",
    "held-without-break",
    "mean-difference",
    "milestone-reached",
    "money-sum",
    "percent-reduction",
    "quarters-with-earnings",
    "score-gain",
    "share-of-cohort",
)
"""The kinds this version computes. The others can be stated in a deal, and asking for their
numbers is refused with a problem."""

__all__ = [
    "COMPUTED_KINDS",
    "AcrossArms",
    "CertifiedUnits",
    "DaysInState",
    "EventAbsent",
    "EventCount",
    "HeldWithoutBreak",
    "MeanDifference",
    "Measure",
    "MeasureBase",
    "MilestoneReached",
    "MoneySum",
    "PercentReduction",
    "PersonMeasure",
    "Population",
    "QuartersWithEarnings",
    "Rule",
    "ScoreGain",
    "ShareOfCohort",
    "StartEvent",
]
