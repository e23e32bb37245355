"""How a published figure is computed again: a closed set of named checks, told apart by `kind`.

A payment goes through the statement engine (`statement`). Everything else is one line of
arithmetic on figures that the deal's own files hold. A path names such a figure: `figures.NAME` and
`capital.NAME` (or `capital.*`, all of them) of `record.yaml`, `vectors.NAME` for the published
figure of another vector, `results.CASE.OUTCOME` of `results.yaml`, and `deal.` with the keys of
`deal.yaml`, items of a list by their name (`deal.payments.housing.ceiling`).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from payforsuccess.deal.fields import Exact, Name, Text, WholeFromOne
from payforsuccess.deal.model import Model

Path = Text


class StatementCheck(Model):
    """What the deal's payment terms pay on a case of `results.yaml`, by the statement engine."""

    kind: Literal["statement"] = "statement"
    case: Name = Field(description="The case of `results.yaml`.")
    terms: tuple[Name, ...] = Field((), description="Only these payment terms; all if left out.")
    periods: tuple[WholeFromOne, ...] = Field(
        (), description="Only these periods; all if left out."
    )


class SumCheck(Model):
    """All added."""

    kind: Literal["sum"] = "sum"
    of: tuple[Path, ...] = Field(min_length=1)


class DifferenceCheck(Model):
    """One less another."""

    kind: Literal["difference"] = "difference"
    from_: Path = Field(alias="from")
    less: Path


class ProductCheck(Model):
    """All multiplied."""

    kind: Literal["product"] = "product"
    of: tuple[Path, ...] = Field(min_length=2)


class SumOfProductsCheck(Model):
    """Each pair multiplied, the products added: prices times counts."""

    kind: Literal["sum-of-products"] = "sum-of-products"
    pairs: tuple[tuple[Path, Path], ...] = Field(min_length=1)


class RatioCheck(Model):
    """The first of a pair over the second; with several pairs all must give one ratio."""

    kind: Literal["ratio"] = "ratio"
    pairs: tuple[tuple[Path, Path], ...] = Field(min_length=1)


class PercentChangeCheck(Model):
    """By how many percent `to` is above (`rise`) or below (`fall`) `from`."""

    kind: Literal["percent-change"] = "percent-change"
    from_: Path = Field(alias="from")
    to: Path
    counts: Literal["rise", "fall"]


class CompoundCheck(Model):
    """A principal at a yearly rate, compounded over whole years."""

    kind: Literal["compound"] = "compound"
    principal: Path
    rate: Path
    years: Path


class LeastCheck(Model):
    """The smallest of several: a sum and its ceiling."""

    kind: Literal["least"] = "least"
    of: tuple[Path, ...] = Field(min_length=2)


class ThresholdCheck(Model):
    """1 if a value reaches a threshold, else 0."""

    kind: Literal["threshold"] = "threshold"
    value: Path
    at_least: Path


class ReasonedCheck(Model):
    """What follows without a number that is not published, and why; never more than logic."""

    kind: Literal["reasoned"] = "reasoned"
    gives: Exact | None = Field(None, description="What must come out, where that is a number.")
    because: Text


Check = Annotated[
    StatementCheck
    | SumCheck
    | DifferenceCheck
    | ProductCheck
    | SumOfProductsCheck
    | RatioCheck
    | PercentChangeCheck
    | CompoundCheck
    | LeastCheck
    | ThresholdCheck
    | ReasonedCheck,
    Field(discriminator="kind"),
]
