"""The share of a cohort whose own measure reaches a mark."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from payforsuccess.deal.fields import Exact
from payforsuccess.deal.measures.person import PersonMeasure
from payforsuccess.deal.model import Model


class ShareOfCohort(Model):
    """People whose measure is at least `at_least`, as a share of those with a known result."""

    kind: Literal["share-of-cohort"]
    of: PersonMeasure = Field(description="What is measured for each person.")
    at_least: Exact = Field(description="The mark a person must reach to count.")
