"""What a study loses: offers not taken up, controls who take part, outcomes never known."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.power.solving import (
    Design,
    Precision,
    Scale,
    check_share_or_none,
)


@dataclass(frozen=True)
class TakeUp:
    """The effect of taking part, found through the effect of the offer (Bloom 1984).

    taken: the share of the treated arm that takes part; crossed: of the control arm. The effect of
    the offer is that of taking part times taken less crossed, and so is its error; their test is
    one. Refuses a hazard ratio, which is not diluted so, and take-up no greater than crossover.
    """

    of: Design
    taken: float
    crossed: float = 0.0

    def __post_init__(self) -> None:
        """Refuse shares that cannot be."""
        if not 0 <= self.crossed < self.taken <= 1:
            raise Refusal(
                Problem(
                    f"{self.taken:g} of the treated arm take part and {self.crossed:g} of the "
                    "control arm.",
                    "Give shares between 0 and 1, the treated arm's the greater.",
                )
            )
        if self.of.scale != "difference":
            raise Refusal(
                Problem(
                    "A hazard ratio is not diluted in proportion to take-up.",
                    "Plan on the effect of the offer, or on a difference of means or shares.",
                )
            )

    @property
    def gap(self) -> float:
        """The treated arm's share taking part, less the control arm's."""
        return self.taken - self.crossed

    @property
    def unit(self) -> str:
        """As of the offer."""
        return self.of.unit

    @property
    def scale(self) -> Scale:
        """As of the offer."""
        return self.of.scale

    @property
    def formula(self) -> str:
        """That of the offer, and by what it is divided."""
        return (
            f"{self.of.formula}; effect and error divided by take-up less crossover, "
            f"{self.taken:g} - {self.crossed:g} (Bloom 1984)"
        )

    @property
    def least(self) -> float:
        """As of the offer."""
        return self.of.least

    def reach(self, *, falls: bool) -> float:
        """As of the offer, undiluted."""
        return self.of.reach(falls=falls) / self.gap

    def people_of(self, size: float) -> float | None:
        """As of the offer."""
        return self.of.people_of(size)

    def precision(self, size: float, effect: float) -> Precision:
        """That of the offer's diluted effect, undiluted."""
        found, gap = self.of.precision(size, effect * self.gap), self.gap
        without = found.error_without
        return Precision(
            found.error / gap, found.freedom, None if without is None else without / gap
        )


@dataclass(frozen=True)
class Attrition:
    """Outcomes known for only a part of those assigned; the size counts those assigned.

    treated_lost, control_lost: shares whose outcome is not known. Of clusters it is whole clusters
    that are lost; where people of clusters are, state fewer in each. Unequal losses also move the
    share treated, and are refused where the design has no one such share. What unequal losses do to
    the estimate itself no size makes good.
    """

    of: Design
    treated_lost: float
    control_lost: float

    def __post_init__(self) -> None:
        """Refuse shares outside 0 and 1, and unequal ones that the design cannot take up."""
        check_share_or_none(self.treated_lost, "The share of the treated arm lost")
        check_share_or_none(self.control_lost, "The share of the control arm lost")
        if self.treated_lost != self.control_lost and not hasattr(self.of, "treated_share"):
            raise Refusal(
                Problem(
                    "This design does not tell how unequal losses move its arms.",
                    "State the same loss in both arms.",
                )
            )

    @property
    def kept(self) -> float:
        """The share of those assigned whose outcome is known."""
        share = float(getattr(self.of, "treated_share", 0.5))
        return share * (1 - self.treated_lost) + (1 - share) * (1 - self.control_lost)

    @property
    def analysed(self) -> Design:
        """The design of those whose outcome is known."""
        if self.treated_lost == self.control_lost:
            return self.of
        share = float(getattr(self.of, "treated_share", 0.5)) * (1 - self.treated_lost)
        moved: Design = dataclasses.replace(self.of, treated_share=share / self.kept)  # type: ignore[type-var]
        return moved

    @property
    def unit(self) -> str:
        """As of those analysed."""
        return self.of.unit

    @property
    def scale(self) -> Scale:
        """As of those analysed."""
        return self.of.scale

    @property
    def formula(self) -> str:
        """That of those analysed, and who they are."""
        return (
            f"{self.analysed.formula}; n of those with a known outcome, {self.kept:g} of those "
            f"assigned (lost: {self.treated_lost:g} treated, {self.control_lost:g} control)"
        )

    @property
    def least(self) -> float:
        """So many that enough are left."""
        return self.analysed.least / self.kept

    def reach(self, *, falls: bool) -> float:
        """As of those analysed."""
        return self.of.reach(falls=falls)

    def people_of(self, size: float) -> float | None:
        """Everyone assigned."""
        return self.of.people_of(size)

    def precision(self, size: float, effect: float) -> Precision:
        """That of those analysed."""
        return self.analysed.precision(max(size * self.kept, math.nextafter(0, 1)), effect)
