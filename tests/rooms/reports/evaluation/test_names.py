"""Numbers of an estimate in the words of its unit."""

from __future__ import annotations

from fractions import Fraction

import pytest

from payforsuccess.deal.estimates import Effect
from payforsuccess.reports.evaluation.names import effect_text, error_text, interval_text


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


@pytest.mark.parametrize(
    ("form", "unit", "ends", "says"),
    [
        ("hazard-ratio", "ratio", ("0.53", "1.002"), "0.53 to 1.002"),
        ("rate-ratio", "ratio", ("0.9996", "1"), "0.9996 to 1"),
        ("difference", "percentage point", ("-20.31", "0.003"), "\N{MINUS SIGN}20.31 to 0.003"),
        ("difference", "percentage point", ("0.0000001", "2"), "0 to 2"),
    ],
)
def test_no_end_of_an_interval_is_rounded_to_no_effect(
    form: str, unit: str, ends: tuple[str, str], says: str
) -> None:
    """1.002 is not 1, where 1 is no effect; beyond six decimals nobody can tell."""
    low, high = map(Fraction, ends)
    effect = Effect.model_validate(
        {"form": form, "unit": unit, "value": low, "interval": (low, high), "method": "Any"}
    )

    assert interval_text(effect) == says


def test_a_standard_error_of_money_is_money() -> None:
    effect = Effect(
        form="difference",
        unit="USD",
        value=Fraction(1794),
        standard_error=Fraction(671),
        method="Difference in means",
    )

    assert error_text(effect) == "USD 671.00"
    assert error_text(effect.model_copy(update={"standard_error": None})) == "none given"
