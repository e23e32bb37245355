"""What every plan of an evaluation states before the data are seen."""

from __future__ import annotations

from fractions import Fraction
from typing import Self

from pydantic import ConfigDict, Field, model_validator

from payforsuccess.deal.evaluation.beside import SecondaryOutcome, SeveralOutcomes, Variation
from payforsuccess.deal.evaluation.decision import Decision, Fallback, PoolingWeight
from payforsuccess.deal.evaluation.looks import Look, Monitoring
from payforsuccess.deal.evaluation.wording import EffectForm, Estimand, StandardErrors, Test
from payforsuccess.deal.fields import Name, Share, Text, WholeFromOne, WholeFromZero
from payforsuccess.deal.measures import PersonMeasure
from payforsuccess.deal.model import Model, refuse
from payforsuccess.errors import sentence


class PlanBase(Model):
    """What all designs share. A subclass adds `design`, `estimator` and how it compares."""

    model_config = ConfigDict(populate_by_name=True)

    says: Text = Field(description="The plan in one or two plain sentences.")
    clause: Text | None = Field(None, description="The clause of the contract it comes from.")
    measure: PersonMeasure = Field(description="What is measured for each person.")
    estimand: Estimand = Field(
        description="itt: the effect of being offered; tot: of taking part; att: on those served; "
        "ate: on everyone compared, by a comparison group (`matched`)."
    )
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
        (), description="Other tests, shown as exploratory; nothing rests on them."
    )
    variations: tuple[Variation, ...] = Field(
        (),
        description="The estimate with one thing done otherwise, shown as exploratory; nothing "
        "rests on them.",
    )
    secondary: tuple[SecondaryOutcome, ...] = Field(
        (), description="Other outcomes of the same people; no payment rests on them."
    )
    several_outcomes: SeveralOutcomes | None = Field(
        None, description="How p-values are adjusted for the plan's own and secondary outcomes."
    )
    draws: WholeFromOne | None = Field(
        None, description="Draws of chance, where the errors or a test rest on them."
    )
    seed: WholeFromZero | None = Field(
        None, description="The seed of these draws, so that another gets the same digits."
    )
    sample_floor: WholeFromOne | None = Field(
        None,
        description="The fewest people in each arm with a known outcome; of a match, those "
        "matched.",
    )
    fallback: tuple[Fallback, ...] = Field((), description="Fall-back rules, in order.")
    pooling: tuple[PoolingWeight, ...] = Field(
        (),
        description="Weights, where plans are pooled: always, or only once a fall-back says "
        "`then: pool`, where one does.",
    )
    looks: tuple[Look, ...] = Field((), description="Interim looks agreed beforehand.")
    monitoring: Monitoring | None = Field(
        None, description="Who sees the looks, and the bounds of a stop."
    )
    decision: Decision = Field(description="How the estimate becomes the value payments read.")

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.test is not None and self.test in self.sensitivity:
            refuse(
                sentence("The plan's own test stands among those shown as sensitivity."),
                sentence("Take it out of `sensitivity`."),
                field="sensitivity",
            )
        if self.confidence is not None and not 0 < self.confidence < 1:
            refuse(
                sentence("The confidence of an interval lies between 0 and 1."),
                sentence("Write one such as 95%."),
                field="confidence",
            )
        both = sorted(set(self.covariates) & set(self.balance_on))
        if both:
            refuse(
                sentence("Both adjusted for and only shown: {both}.", both=", ".join(both)),
                sentence("Name each of them in one list."),
                field="balance_on",
            )
        if self.pooling and sum((part.weight for part in self.pooling), Fraction(0)) != 1:
            refuse(
                sentence("The pooling weights do not add up to 1."),
                sentence("Correct them."),
                field="pooling",
            )
        if getattr(self, "design", "") != "randomised" and any(
            rule.when == "weak-instrument" for rule in self.fallback
        ):
            refuse(
                sentence(
                    "A fall-back asks how strongly the draw moved people to take part, and no "
                    "draw decided."
                ),
                sentence("Take the rule away."),
                field="fallback",
            )
        if self.several_outcomes is not None and not self.secondary:
            refuse(
                sentence("p-values are adjusted for several outcomes, and the plan has one."),
                sentence("Add `secondary`, or take `several_outcomes` away."),
                field="several_outcomes",
            )
        return self

    @model_validator(mode="after")
    def _looks_in_order(self) -> Self:
        days = [look.on for look in self.looks]
        if days != sorted(set(days)):
            refuse(
                sentence("The looks are not in the order of their days, each on its own day."),
                sentence("Put the earliest first."),
                field="looks",
            )
        if self.monitoring is not None and not self.looks:
            refuse(
                sentence(
                    "A monitoring board is named, and no look at which it would see anything."
                ),
                sentence("Add `looks`, or take `monitoring` away."),
                field="monitoring",
            )
        if self.monitoring is None and any(look.can_stop for look in self.looks):
            refuse(
                sentence("A look may end the study, and no bound says when."),
                sentence("Add `monitoring` with `bounds`, or set `can_stop: false`."),
                field="looks",
            )
        return self

    @model_validator(mode="after")
    def _chance_is_fixed(self) -> Self:
        rests_on_chance = self.standard_errors in ("bootstrap", "placebo") or bool(
            {self.test, *self.sensitivity} & {"randomisation", "placebo", "wild-cluster"}
        )
        if rests_on_chance and (self.draws is None or self.seed is None):
            refuse(
                sentence(
                    "Its errors or a test rest on draws of chance, and the plan fixes neither how "
                    "many nor their seed."
                ),
                sentence("Give `draws`, such as 9999, and `seed`, a whole number."),
                field="draws" if self.draws is None else "seed",
            )
        return self


class ComparisonBase(PlanBase):
    """A plan that compares with others, and so must state how sure it is."""

    @model_validator(mode="after")
    def _states_how_sure(self) -> Self:
        for key in ("as_", "standard_errors", "confidence", "test"):
            if getattr(self, key) is None:
                name = "as" if key == "as_" else key
                refuse(
                    sentence(
                        "A comparison of two groups states `{name}` before the data are seen.",
                        name=name,
                    ),
                    sentence("Add `{name}`.", name=name),
                    field=name,
                )
        return self
