"""How an effect is estimated: the plan agreed before the data are seen, told apart by `design`."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from payforsuccess.deal.fields import (
    Day,
    ExactAboveZero,
    Fingerprint,
    Flag,
    Name,
    Share,
    Text,
    WholeFromOne,
)
from payforsuccess.deal.measures import PersonMeasure
from payforsuccess.deal.model import Model, refuse

Estimand = Literal["itt", "tot", "att"]
EffectForm = Literal["difference", "percent-reduction", "rate-ratio"]
StandardErrors = Literal["unpooled", "hc0", "hc1", "hc2", "hc3", "cr1", "cr2", "bootstrap"]
Test = Literal[
    "z-unpooled",
    "z-pooled",
    "pearson",
    "pearson-continuity",
    "likelihood-ratio",
    "fisher",
    "barnard",
    "boschloo",
    "welch",
    "randomisation",
]
"""Two-sided tests of no effect. A plan names one; others can only be shown as sensitivity."""


class Arms(Model):
    """The two groups that are compared, by their labels in the records."""

    treated: Name = Field(description="The arm that was offered the programme.")
    control: Name = Field(description="The arm it is compared with.")

    @model_validator(mode="after")
    def _two(self) -> Self:
        if self.treated == self.control:
            refuse("Both arms have one label.", "Name two arms.", field="control")
        return self


class Decision(Model):
    """How the estimate becomes the value that payments read."""

    pays_on: Literal["point-estimate", "lower-bound", "significance"] = Field(
        description="The point estimate itself; the end of the interval nearer to no effect; or "
        "the point estimate if the plan's test rejects no effect, else no effect."
    )
    level: Share | None = Field(None, description="The level of the test, with `significance`.")

    @model_validator(mode="after")
    def _level_where_needed(self) -> Self:
        if (self.pays_on == "significance") != (self.level is not None):
            refuse(
                "A decision by significance states the level, and only such a decision does.",
                "Give `level`, such as 5%, or take it away.",
                field="level",
            )
        if self.level is not None and not 0 < self.level < 1:
            refuse("A level lies between 0 and 1.", "Write one such as 5%.", field="level")
        return self


class Fallback(Model):
    """What the plan does when its first way cannot be followed."""

    when: Literal[
        "sample-below-floor", "attrition-above", "crossover-above", "match-rate-below"
    ] = Field(description="What sets it off.")
    limit: Share | None = Field(None, description="The share at which it is set off.")
    then: Literal["other-plan", "pool", "pay-nothing", "verified-count"] = Field(
        description="What is done instead."
    )
    plan: Name | None = Field(None, description="The plan used instead, or pooled with this one.")
    says: Text = Field(description="The rule in the contract's words.")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.then in ("other-plan", "pool")) != (self.plan is not None):
            refuse(
                "A fall-back to another plan names it, and only such a fall-back does.",
                "Give `plan`, or take it away.",
                field="plan",
            )
        if (self.when == "sample-below-floor") == (self.limit is not None):
            refuse(
                "A share sets off every fall-back but the sample floor, which is a number of "
                "people under `sample_floor`.",
                "Give `limit` where a share decides, and only there.",
                field="limit",
            )
        return self


class PoolingWeight(Model):
    """The weight of one plan when several are pooled into one payable value."""

    plan: Name = Field(description="The plan, by its name under `evaluation`.")
    weight: Share = Field(description="Its weight; all weights add up to 1.")


class Look(Model):
    """An interim analysis agreed beforehand."""

    name: Name = Field(description="The look's name.")
    on: Day = Field(description="The day up to which records are used.")
    can_stop: Flag = Field(description="Whether it may end the study.")
    pays: Flag = Field(description="Whether a payment rests on it.")


class PlanBase(Model):
    """What all designs share. A subclass adds `design` and how the comparison was made."""

    model_config = ConfigDict(populate_by_name=True)

    says: Text = Field(description="The plan in one or two plain sentences.")
    clause: Text | None = Field(None, description="The clause of the contract it comes from.")
    measure: PersonMeasure = Field(description="What is measured for each person.")
    estimand: Estimand = Field(
        description="itt: the effect of being offered; tot: of taking part; att: on those served."
    )
    estimator: Literal[
        "difference-in-proportions",
        "difference-in-means",
        "ancova",
        "lin",
        "two-stage-least-squares",
        "matching",
        "entropy-balancing",
        "doubly-robust",
        "two-way-fixed-effects",
        "change-in-means",
        "none",
    ] = Field(description="The formula that is used; `none` for a count without a comparison.")
    as_: EffectForm | None = Field(
        None, alias="as", description="The form in which the effect is stated and paid on."
    )
    covariates: tuple[Name, ...] = Field(
        (), description="Facts about people the estimator adjusts for; also in the balance table."
    )
    balance_on: tuple[Name, ...] = Field(
        (), description="Facts about people shown in the balance table, not adjusted for."
    )
    standard_errors: StandardErrors | None = Field(None, description="The form of standard error.")
    confidence: Share | None = Field(
        None, description="The confidence of the two-sided interval, such as 95%."
    )
    test: Test | None = Field(None, description="The one two-sided test the plan names.")
    sensitivity: tuple[Test, ...] = Field(
        (),
        description="Other tests, shown as exploratory; nothing rests on them.",
    )
    sample_floor: WholeFromOne | None = Field(
        None, description="The fewest people in each arm with a known outcome."
    )
    fallback: tuple[Fallback, ...] = Field((), description="Fall-back rules, in order.")
    pooling: tuple[PoolingWeight, ...] = Field((), description="Weights, where plans are pooled.")
    looks: tuple[Look, ...] = Field((), description="Interim looks agreed beforehand.")
    decision: Decision = Field(description="How the estimate becomes the value payments read.")

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.test is not None and self.test in self.sensitivity:
            refuse(
                "The plan's own test stands among those shown as sensitivity.",
                "Take it out of `sensitivity`.",
                field="sensitivity",
            )
        if self.confidence is not None and not 0 < self.confidence < 1:
            refuse(
                "The confidence of an interval lies between 0 and 1.",
                "Write one such as 95%.",
                field="confidence",
            )
        both = sorted(set(self.covariates) & set(self.balance_on))
        if both:
            refuse(
                f"Both adjusted for and only shown: {', '.join(both)}.",
                "Name each of them in one list.",
                field="balance_on",
            )
        if self.pooling and sum((part.weight for part in self.pooling), Fraction(0)) != 1:
            refuse("The pooling weights do not add up to 1.", "Correct them.", field="pooling")
        return self


class ComparisonBase(PlanBase):
    """A plan that compares two groups, and so must state how sure it is."""

    arms: Arms = Field(description="The groups compared.")

    @model_validator(mode="after")
    def _states_how_sure(self) -> Self:
        for key in ("as_", "standard_errors", "confidence", "test"):
            if getattr(self, key) is None:
                name = "as" if key == "as_" else key
                refuse(
                    f"A comparison of two groups states `{name}` before the data are seen.",
                    f"Add `{name}`.",
                    field=name,
                )
        if self.estimator == "none":
            refuse("A comparison needs an estimator.", "Name one.", field="estimator")
        return self


class Randomised(ComparisonBase):
    """People, or groups of them, were sent to arms at random."""

    design: Literal["randomised"]
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

    @model_validator(mode="after")
    def _assignment_in_full(self) -> Self:
        needs = {"stratified": "strata", "blocked": "block_size", "clustered": "cluster"}
        for assignment, key in needs.items():
            if self.assignment == assignment and not getattr(self, key):
                refuse(f"A {assignment} assignment states `{key}`.", f"Add `{key}`.", field=key)
        if self.cluster and self.assignment != "clustered":
            refuse(
                "A cluster belongs to a clustered assignment.",
                "Set `assignment: clustered`, or take `cluster` away.",
                field="cluster",
            )
        return self


class Matched(ComparisonBase):
    """People served are compared with others chosen or weighted to be like them."""

    design: Literal["matched"]
    pool: Text = Field(description="Where the comparison people come from.")
    method: Literal["nearest", "entropy-balancing", "inverse-probability"] = Field(
        description="How they are chosen or weighted."
    )
    matches_each: WholeFromOne | None = Field(None, description="Comparison people for each.")
    caliper: ExactAboveZero | None = Field(
        None, description="The furthest match allowed, in standard deviations of the score."
    )
    with_replacement: Flag = Field(False, description="Whether one can be matched twice.")


class DifferenceInDifferences(ComparisonBase):
    """The change in the group served less the change in a group that was not."""

    design: Literal["difference-in-differences"]
    before_from: Day = Field(description="The first day of the time before.")
    before_to: Day = Field(description="The last day of the time before.")
    cluster: Name | None = Field(None, description="The fact that names a person's cluster.")


class PrePost(PlanBase):
    """People served are compared with themselves before; no one else is looked at."""

    design: Literal["pre-post"]
    before_from: Day = Field(description="The first day of the time before.")
    before_to: Day = Field(description="The last day of the time before.")


class VerifiedCount(PlanBase):
    """A count that someone verifies; no comparison, so it claims no effect."""

    design: Literal["verified-count"]
    verified_by: Text = Field(description="The party that verifies the count.")


EvaluationPlan = Annotated[
    DifferenceInDifferences | Matched | PrePost | Randomised | VerifiedCount,
    Field(discriminator="design"),
]

COMPUTED_DESIGNS = ("randomised",)
"""The designs this version computes; the others can be stated, and asking for their estimate is
refused with a problem."""
COMPUTED_ESTIMATORS = ("difference-in-proportions",)
COMPUTED_FORMS = ("difference", "percent-reduction")
COMPUTED_STANDARD_ERRORS = ("unpooled", "hc2")
