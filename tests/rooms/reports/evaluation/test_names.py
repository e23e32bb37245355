"""Numbers of an estimate in the words of its unit."""

from __future__ import annotations

from fractions import Fraction

from payforsuccess.deal.estimates import Effect
from payforsuccess.reports.evaluation.names import effect_text, interval_text


def test_an_effect_on_earnings_is_money() -> None:
    effect = Effect(
        form="difference",
        unit="USD",
        value=Fraction("1794.34240427"),
        interval=(Fraction("-475.604"), Fraction("3113.078")),
        method="Difference in means",
    )

    assert effect_text(effect) == "USD 1,794.34"
    assert interval_text(effect) == "USD \N{MINUS SIGN}475.60 to USD 3,113.08"


def test_an_effect_on_a_share_is_in_percentage_points() -> None:
    effect = Effect(
        form="difference", unit="percentage point", value=Fraction("11.06"), method="Of means"
    )

    assert effect_text(effect) == "11.06 percentage points"
