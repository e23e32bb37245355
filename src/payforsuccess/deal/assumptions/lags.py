"""How long things take: from service to measurement, to determination, and to the statement."""

from __future__ import annotations

from typing import overload

from pydantic import Field

from payforsuccess.deal.assumptions.values import Case, Sourced
from payforsuccess.deal.fields import Duration, Length, WholeFromZero


class AssumedDays(Sourced):
    """A number of days in three cases. A case left out is the base case."""

    base: WholeFromZero = Field(description="The days in the base case.")
    low: WholeFromZero | None = Field(None, description="In the low case.")
    high: WholeFromZero | None = Field(None, description="In the high case.")

    def in_case(self, case: Case) -> int:
        """The days in a case."""
        told = {"low": self.low, "base": self.base, "high": self.high}[case]
        return self.base if told is None else told


class AssumedLength(Sourced):
    """A length of time in three cases. A case left out is the base case."""

    base: Length = Field(description="The length of time in the base case, such as 12 months.")
    low: Length | None = Field(None, description="In the low case.")
    high: Length | None = Field(None, description="In the high case.")

    def in_case(self, case: Case) -> Duration:
        """The length of time in a case."""
        told = {"low": self.low, "base": self.base, "high": self.high}[case]
        return self.base if told is None else told


@overload
def lag_in(told: int | AssumedDays, case: Case) -> int: ...


@overload
def lag_in(told: Duration | AssumedLength, case: Case) -> Duration: ...


def lag_in(told: int | AssumedDays | Duration | AssumedLength, case: Case) -> int | Duration:
    """A lag in a case: one that is the same in all cases is written alone."""
    return told if isinstance(told, int | Duration) else told.in_case(case)
