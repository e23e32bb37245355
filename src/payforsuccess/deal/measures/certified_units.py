"""Units that a named party certifies."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Name, Text
from payforsuccess.deal.measures.measure import MeasureBase, refuse_failing


class CertifiedUnits(MeasureBase):
    """The number of units, such as claims or courses, that a named party certified.

    Each row of the records is one unit. The party must hold one of the measure's feeds: only its
    own records are its certificate.
    """

    kind: Literal["certified-units"]
    units: Name = Field(description="The kind of event that is one unit.")
    certified_by: Text = Field(description="The party whose certificate counts.")

    @model_validator(mode="after")
    def _a_number_cannot_fail(self) -> Self:
        refuse_failing(self, "A number of units")
        return self
