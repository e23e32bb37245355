"""A count without a comparison."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from payforsuccess.deal.evaluation.plan import PlanBase
from payforsuccess.deal.fields import Text


class VerifiedCount(PlanBase):
    """A count that someone verifies; no comparison, so it claims no effect."""

    design: Literal["verified-count"]
    estimator: Literal["none"] = Field(description="Nothing is estimated.")
    verified_by: Text = Field(description="The party that verifies the count.")
