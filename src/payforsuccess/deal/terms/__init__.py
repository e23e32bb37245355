"""The payment terms: a closed vocabulary, one file a kind, told apart by `kind`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from payforsuccess.deal.terms.bands import Band
from payforsuccess.deal.terms.coupon import Coupon
from payforsuccess.deal.terms.effect_price import EffectPrice
from payforsuccess.deal.terms.milestones import Milestone, Milestones
from payforsuccess.deal.terms.modifiers import (
    Condition,
    Index,
    MayBeNegative,
    ShareCap,
    Subgroup,
)
from payforsuccess.deal.terms.pot import Pot, PotPart
from payforsuccess.deal.terms.savings_share import SavingsShare
from payforsuccess.deal.terms.schedule import Schedule
from payforsuccess.deal.terms.share_threshold import ShareThreshold
from payforsuccess.deal.terms.term import MeasurementPoint, PaymentTermBase
from payforsuccess.deal.terms.unit_price import UnitPrice
from payforsuccess.deal.terms.withhold import Withhold

PaymentTerm = Annotated[
    UnitPrice
    | Milestones
    | Schedule
    | EffectPrice
    | SavingsShare
    | ShareThreshold
    | Pot
    | Coupon
    | Withhold,
    Field(discriminator="kind"),
]

__all__ = [
    "Band",
    "Condition",
    "Coupon",
    "EffectPrice",
    "Index",
    "MayBeNegative",
    "MeasurementPoint",
    "Milestone",
    "Milestones",
    "PaymentTerm",
    "PaymentTermBase",
    "Pot",
    "PotPart",
    "SavingsShare",
    "Schedule",
    "ShareCap",
    "ShareThreshold",
    "Subgroup",
    "UnitPrice",
    "Withhold",
]
