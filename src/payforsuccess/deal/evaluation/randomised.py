"""The randomised design."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.evaluation.arms import TwoArmBase
from payforsuccess.deal.evaluation.changing import Changing
from payforsuccess.deal.evaluation.lottery import Lottery
from payforsuccess.deal.evaluation.wording import DURATION_ESTIMATORS, RandomisedEstimator
from payforsuccess.deal.fields import ExactAboveZero, Fingerprint, Name, Share, WholeFromOne
from payforsuccess.deal.model import refuse
from payforsuccess.errors import sentence

STANDARD_FIRST_STAGE = Fraction(10)
"""The first-stage F below which an instrument counts as weak (Staiger and Stock 1997)."""


class Randomised(TwoArmBase):
    """People, or groups of them, were sent to arms at random."""

    design: Literal["randomised"]
    estimator: RandomisedEstimator = Field(description="The formula that is used.")
    assignment: Literal["individual", "stratified", "blocked", "clustered"] = Field(
        description="How chance decided: person by person, within strata, in blocks, by cluster."
    )
    treated_share: Share = Field(
        Fraction(1, 2), description="The share that chance sent to the treated arm."
    )
    strata: tuple[Name, ...] = Field((), description="The facts about people that make the strata.")
    block_size: WholeFromOne | None = Field(None, description="People in a block.")
    cluster: Name | None = Field(None, description="The fact that names a person's cluster.")
    seed_fingerprint: Fingerprint | None = Field(
        None, description="The fingerprint of the sealed seed, published before referral started."
    )
    lottery: Lottery | None = Field(
        None, description="How the sealed draw is run; without it `pfs assign` draws nobody."
    )
    first_stage_floor: ExactAboveZero | None = Field(
        None,
        description="For `two-stage-least-squares`: the least F of the draw on taking part at "
        "which the effect is paid on; 10 without it (Staiger and Stock 1997). Below it, or where "
        "Anderson and Rubin's set has no two ends, a fall-back with `when: weak-instrument` says "
        "what then holds; without one there is no value.",
    )
    competing: tuple[Literal["death", "custody", "move"], ...] = Field(
        (),
        description="What can come before the event and rule it out, for `cumulative-incidence`; "
        "for other estimators of duration it ends the watching.",
    )
    changing: tuple[Changing, ...] = Field(
        (),
        description="What `cox` adjusts for as it changes while people are watched. Where the "
        "programme itself changes it, that part of the effect is taken out.",
    )

    @property
    def least_first_stage(self) -> Fraction:
        """The F below which no payment rests on the effect of taking part."""
        if self.first_stage_floor is None:
            return STANDARD_FIRST_STAGE
        return self.first_stage_floor

    @model_validator(mode="after")
    def _assignment_in_full(self) -> Self:
        needs = {"stratified": "strata", "blocked": "block_size", "clustered": "cluster"}
        for assignment, key in needs.items():
            if assignment == "blocked" and self.lottery and self.lottery.block_sizes:
                continue
            if self.assignment == assignment and not getattr(self, key):
                refuse(
                    sentence(
                        "A {assignment} assignment states `{key}`.", assignment=assignment, key=key
                    ),
                    sentence("Add `{key}`.", key=key),
                    field=key,
                )
        if self.lottery and not set(self.lottery.values) <= set(self.strata):
            refuse(
                sentence("The lottery lists values of a fact that makes no strata."),
                sentence("Name the fact under `strata` too, or take its values away."),
                field="lottery.values",
            )
        if self.cluster and self.assignment != "clustered":
            refuse(
                sentence("A cluster belongs to a clustered assignment."),
                sentence("Set `assignment: clustered`, or take `cluster` away."),
                field="cluster",
            )
        return self

    @model_validator(mode="after")
    def _formula_fits(self) -> Self:
        if (self.estimator == "two-stage-least-squares") != (self.estimand == "tot"):
            refuse(
                sentence(
                    "The effect of taking part comes from two-stage least squares, with the draw "
                    "as the instrument, and nothing else does."
                ),
                sentence("Use `estimand: tot` and `estimator: two-stage-least-squares` together."),
                field="estimator",
            )
        reads_draw = self.first_stage_floor is not None or any(
            rule.when == "weak-instrument" for rule in self.fallback
        )
        if reads_draw and self.estimator != "two-stage-least-squares":
            refuse(
                sentence(
                    "The draw is an instrument only where the effect of taking part is estimated."
                ),
                sentence(
                    "Use `estimator: two-stage-least-squares`, or take away `first_stage_floor` "
                    "and the fall-back on a weak instrument."
                ),
                field="first_stage_floor" if self.first_stage_floor is not None else "fallback",
            )
        if self.competing and self.estimator not in DURATION_ESTIMATORS:
            refuse(
                sentence("Competing events matter only where the time until an event is compared."),
                sentence(
                    "Use one of {duration_estimators}, or take `competing` away.",
                    duration_estimators=", ".join(DURATION_ESTIMATORS),
                ),
                field="competing",
            )
        if self.changing and self.estimator != "cox":
            refuse(
                sentence("Only hazards can be adjusted for what changes while people are watched."),
                sentence("Use `estimator: cox`, or name facts from before under `covariates`."),
                field="changing",
            )
        names = [one.name for one in self.changing]
        if len(set(names)) < len(names) or set(names) & {*self.covariates, *self.strata}:
            refuse(
                sentence(
                    "A fact that changes stands twice, or is also taken as it was at the start."
                ),
                sentence("Name each once: under `changing`, `covariates` or `strata`."),
                field="changing",
            )
        if (self.as_ == "hazard-ratio") != (self.estimator == "cox"):
            refuse(
                sentence("A hazard ratio comes from `cox`, and `cox` gives nothing else."),
                sentence("Use `as: hazard-ratio` and `estimator: cox` together."),
                field="as",
            )
        if self.estimator in ("ancova", "lin") and not self.covariates:
            refuse(
                sentence(
                    "The estimator {estimator} adjusts for covariates, and none is named.",
                    estimator=self.estimator,
                ),
                sentence("Name `covariates`, or use `difference-in-means`."),
                field="covariates",
            )
        if self.estimator == "blocked-difference" and not self.strata:
            refuse(
                sentence("A difference within strata needs strata."),
                sentence("Name `strata`."),
                field="strata",
            )
        return self
