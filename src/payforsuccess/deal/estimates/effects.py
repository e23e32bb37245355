"""Effects and tests: what an estimate says, and how sure it is."""

from __future__ import annotations

from fractions import Fraction

from pydantic import Field

from payforsuccess.deal.evaluation import EffectForm, Test
from payforsuccess.deal.fields import Exact, Flag, Share, Text
from payforsuccess.deal.model import Model


class Effect(Model):
    """One way of stating the effect, with how sure it is."""

    form: EffectForm = Field(description="Difference, percent reduction, ratio; or no effect.")
    unit: Text = Field(description="percentage point, percent, or the measure's own unit.")
    value: Exact = Field(description="The point estimate, exact where it comes from counts.")
    standard_error: Exact | None = Field(None, description="Its standard error.")
    interval: tuple[Exact, Exact] | None = Field(None, description="Its two-sided interval.")
    freedom: Exact | None = Field(
        None, description="Degrees of freedom of Student's t; the normal distribution without."
    )
    method: Text = Field(description="How value, error and interval were computed.")


class TestOfNoEffect(Model):
    """A two-sided test of no effect."""

    __test__ = False  # not a test of this software

    test: Test = Field(description="Which test.")
    statistic: Exact | None = Field(None, description="Its statistic, where it has one.")
    p_value: Share = Field(description="The chance of a result this far from none, without effect.")
    adjusted_p_value: Share | None = Field(
        None,
        description="The same adjusted for all outcomes of the plan, by the plan's rule; where "
        "there is one, decisions and payments read it.",
    )
    is_exploratory: Flag = Field(description="Whether it is only shown, and nothing rests on it.")
    chance_error: Exact | None = Field(
        None, description="The standard error of the p-value, where it comes from draws."
    )

    @property
    def decides(self) -> Fraction:
        """The p-value that decisions and payments read."""
        return self.p_value if self.adjusted_p_value is None else self.adjusted_p_value


class Varied(Model):
    """The estimate with one thing done otherwise. Nothing rests on it."""

    name: Text = Field(description="The variation, as the plan calls it.")
    says: Text = Field(description="What was done otherwise.")
    effect: Effect | None = Field(None, description="What was then found.")
    people: int = Field(0, description="People whose outcome entered.")
    not_found: Text | None = Field(None, description="Why nothing could be computed.")


class SecondaryFound(Model):
    """What was found of another outcome of the same people."""

    name: Text = Field(description="The outcome.")
    says: Text = Field(description="What it is.")
    effect: Effect = Field(description="The effect on it.")
    p_value: Share | None = Field(
        None, description="Of no effect, by itself; none where no effect is claimed."
    )
    adjusted_p_value: Share | None = Field(
        None, description="Adjusted for all outcomes of the plan, by the plan's rule."
    )
