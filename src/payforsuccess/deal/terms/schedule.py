"""An amount read from bands of an outcome."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Name
from payforsuccess.deal.model import refuse
from payforsuccess.deal.terms.bands import Band, refuse_unordered
from payforsuccess.deal.terms.term import PaymentTermBase
from payforsuccess.errors import sentence
from payforsuccess.units import grouped


class Schedule(PaymentTermBase):
    """Bands over a count, a share or an effect.

    stepped: each band stands for itself and may jump. joined: each band must begin with the
    amount at which the one before ends, so that nothing jumps. marginal: each unit earns the rate
    of the band it falls in (a block rate), so bands give `then_per_unit` and no amount.
    """

    kind: Literal["schedule"]
    pays_for: Name = Field(description="The outcome that is looked up.")
    shape: Literal["stepped", "joined", "marginal"] = Field(
        "stepped", description="Whether bands may jump, must join, or price each unit in its band."
    )
    bands: tuple[Band, ...] = Field(description="From the lowest to the highest.")
    times: Name | None = Field(
        None, description="An outcome the looked-up amount is multiplied by, such as people."
    )

    @model_validator(mode="after")
    def _fit_together(self) -> Self:
        if not self.bands:
            refuse(sentence("There is no band."), sentence("List at least one."), field="bands")
        refuse_unordered(self.bands)
        if self.may_be_negative is None and any(
            band.pays < 0 or band.then_per_unit < 0 for band in self.bands
        ):
            refuse(
                sentence(
                    "A band pays a negative amount or falls, and the term does not say who then "
                    "pays whom."
                ),
                sentence(
                    "Give `may_be_negative` with `pays` and `to`, or take the minus sign away."
                ),
                field="bands",
            )
        if self.shape == "joined":
            self._refuse_jumps()
        if self.shape == "marginal" and any(band.pays for band in self.bands):
            refuse(
                sentence(
                    "A marginal schedule prices each unit in its band and has no amounts at the "
                    "start."
                ),
                sentence("Use `then_per_unit` alone, or another shape."),
                field="bands",
            )
        return self

    def _refuse_jumps(self) -> None:
        for number, (lower, upper) in enumerate(zip(self.bands, self.bands[1:], strict=False), 1):
            start = upper.start
            if start is None:
                continue
            # a band without a start has no rate either
            begun = start if lower.start is None else lower.start
            reached = lower.pays + lower.then_per_unit * (start - begun)
            if reached != upper.pays:
                refuse(
                    sentence(
                        "The schedule is joined, but at {start} it jumps from {reached} to {pays}.",
                        start=grouped(start),
                        reached=grouped(reached),
                        pays=grouped(upper.pays),
                    ),
                    sentence("Correct the amount, or set `shape: stepped`."),
                    field=f"bands[{number}].pays",
                )

    def _own_outcomes(self) -> tuple[str, ...]:
        return (self.pays_for, *((self.times,) if self.times else ()))
