"""Results made elsewhere: an estimate from R, Stata or an enclave, or totals an agency released.

The chain from dollar to source row ends at such a file, and everything that shows it says so. What
it must bring instead: the fingerprint of the plan that was followed, those of the code and its log,
and a named person's signature on a document.
"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.evaluation import EffectForm
from payforsuccess.deal.fields import (
    Day,
    Exact,
    Fingerprint,
    Name,
    Share,
    Text,
    WholeFromOne,
    WholeFromZero,
)
from payforsuccess.deal.model import Model, refuse
from payforsuccess.deal.whole_file import WholeFile


class ArmElsewhere(Model):
    """One arm of the study: what fall-back rules ask about it."""

    assigned: WholeFromOne = Field(description="People assigned to it.")
    known: WholeFromOne = Field(description="Of them, whose outcome is known.")
    took_part: WholeFromZero | None = Field(None, description="Of them, who took part.")
    linked: WholeFromZero | None = Field(
        None, description="Of them, who was found in the agencies' records."
    )

    @model_validator(mode="after")
    def _no_more_than_assigned(self) -> Self:
        for key in ("known", "took_part", "linked"):
            found = getattr(self, key)
            if found is not None and found > self.assigned:
                refuse(
                    f"An arm of {self.assigned:,} people cannot hold {found:,} under `{key}`.",
                    "Correct the numbers.",
                    field=key,
                )
        return self


class EffectElsewhere(Model):
    """One plan's estimate, as it was found elsewhere."""

    plan: Name = Field(description="The plan, by its name under `evaluation`.")
    plan_fingerprint: Fingerprint = Field(
        description="The plan that was followed, as `pfs explain DEAL` prints it."
    )
    as_: EffectForm = Field(alias="as", description="The form of the effect.")
    value: Exact = Field(description="The point estimate.")
    standard_error: Exact | None = Field(None, description="Its standard error.")
    interval: tuple[Exact, Exact] = Field(description="Its two-sided interval.")
    confidence: Share = Field(description="The interval's confidence.")
    p_value: Share = Field(description="Of the plan's one test.")
    treated: ArmElsewhere = Field(description="The treated arm.")
    control: ArmElsewhere = Field(description="The control arm.")
    point: Name | None = Field(None, description="The measurement point it is for, if any.")
    period: WholeFromOne | None = Field(None, description="Or the payment period.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        low, high = self.interval
        if not low <= self.value <= high:
            refuse(
                "The interval does not hold the estimate.",
                "Give the lower end first, and both in the effect's own unit.",
                field="interval",
            )
        if (self.period is None) == (self.point is None):
            refuse(
                "An effect is for one payment period or one measurement point.",
                "Give `period` or `point`, one of the two.",
                field="period",
            )
        return self


class TotalElsewhere(Model):
    """A total that an agency released, without anything about a person."""

    outcome: Name = Field(description="The outcome.")
    period: WholeFromOne | None = Field(None, description="The payment period.")
    point: Name | None = Field(None, description="Or the measurement point.")
    cohort: Text | None = Field(None, description="The cohort, where the deal tells them apart.")
    value: Exact = Field(description="The total.")
    people: WholeFromZero | None = Field(None, description="People it rests on, if released.")
    released_by: Text = Field(description="The agency that computed and released it.")

    @model_validator(mode="after")
    def _one_slot(self) -> Self:
        if (self.period is None) == (self.point is None):
            refuse(
                "A total is for one payment period or one measurement point.",
                "Give `period` or `point`, one of the two.",
                field="period",
            )
        return self


class MadeWith(Model):
    """What made the figures, so that another could make them again where the records are."""

    software: Text = Field(description="Such as R 4.4.1 with estimatr 1.0.4.")
    where: Text = Field(description="Where the records are and under which agreement.")
    code: Fingerprint = Field(description="SHA-256 of the code that was run.")
    log: Fingerprint = Field(description="SHA-256 of its log.")


class Attested(Model):
    """Who vouches for it, and on which document."""

    by: Text = Field(description="The named person who signed.")
    on: Day = Field(description="The day.")
    document: Fingerprint = Field(
        description="SHA-256 of the signed document, such as a PDF signed elsewhere."
    )
    kind: Literal["report", "letter", "certificate"] = Field(description="What the document is.")


class ElsewhereFile(WholeFile):
    """Results made elsewhere, with what made them and who attests to them."""

    format: WholeFromOne = Field(description="The format of the file; this version reads 1.")
    effects: tuple[EffectElsewhere, ...] = Field((), description="Estimates of plans.")
    totals: tuple[TotalElsewhere, ...] = Field((), description="Totals that agencies released.")
    made_with: MadeWith = Field(description="What made them.")
    attested: Attested = Field(description="Who attests to them.")

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.format != 1:
            refuse(
                f"This version reads format 1, and the file says {self.format}.",
                "Use a version of the program that reads it.",
                field="format",
            )
        if not self.effects and not self.totals:
            refuse("The file states no result.", "Add `effects` or `totals`.", field="effects")
        names = [effect.plan for effect in self.effects]
        if len(set(names)) != len(names):
            refuse("One plan has two effects.", "Keep one.", field="effects")
        return self


class Elsewhere(Model):
    """In a determination: that its results were made elsewhere, and the chain ends there."""

    file: Fingerprint = Field(description="The fingerprint of the file that was read.")
    made_with: MadeWith = Field(description="What made the results.")
    attested: Attested = Field(description="Who attests to them.")
    plans: tuple[Name, ...] = Field((), description="The plans whose effects it gave.")

    def __str__(self) -> str:
        """The sentence that stands wherever such a result is shown."""
        return (
            f"Made elsewhere ({self.made_with.software}; {self.made_with.where}): the chain ends "
            f"at the {self.attested.kind} signed by {self.attested.by} on {self.attested.on}, "
            f"document {self.attested.document}; code {self.made_with.code}; log "
            f"{self.made_with.log}."
        )
