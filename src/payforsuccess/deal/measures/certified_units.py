"""Units that a named party certifies."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from payforsuccess.deal.fields import Name, Text
from payforsuccess.deal.measures.measure import MeasureBase


class CertifiedUnits(MeasureBase):
    """The number of units, such as claims or courses, that a named party certified."""

    kind: Literal["certified-units"]
    units: Name = Field(description="The kind of event that is one unit.")
    certified_by: Text = Field(description="The party whose certificate counts.")
