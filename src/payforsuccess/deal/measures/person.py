"""The measures of one person, told apart by `kind`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from payforsuccess.deal.measures.certified_units import CertifiedUnits
from payforsuccess.deal.measures.days_in_state import DaysInState
from payforsuccess.deal.measures.event_absent import EventAbsent
from payforsuccess.deal.measures.event_count import EventCount
from payforsuccess.deal.measures.held_without_break import HeldWithoutBreak
from payforsuccess.deal.measures.milestone_reached import MilestoneReached
from payforsuccess.deal.measures.money_sum import MoneySum
from payforsuccess.deal.measures.quarters_with_earnings import QuartersWithEarnings
from payforsuccess.deal.measures.score_gain import ScoreGain

PersonMeasure = Annotated[
    CertifiedUnits
    | DaysInState
    | EventAbsent
    | EventCount
    | HeldWithoutBreak
    | MilestoneReached
    | MoneySum
    | QuartersWithEarnings
    | ScoreGain,
    Field(discriminator="kind"),
]
"""One number for each enrolment."""
