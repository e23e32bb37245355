"""The words a reader meets for the closed lists of an evaluation plan."""

from __future__ import annotations

from fractions import Fraction

from payforsuccess.deal.estimates import Effect, TestOfNoEffect
from payforsuccess.deal.words.phrases import plural
from payforsuccess.measures.attrition import RULES
from payforsuccess.reports.numbers import decimal_text, p_value_text
from payforsuccess.units import CURRENCY_DIGITS, money_text, round_exact

FORMS = {
    "difference": "difference between the arms",
    "percent-reduction": "percent reduction",
    "rate-ratio": "ratio of the rates",
    "hazard-ratio": "ratio of the hazards",
    "change": "change, which is no effect",
    "count": "count, which is no effect",
}
TESTS = {
    "z-unpooled": "z, unpooled standard error",
    "z-pooled": "z, pooled standard error",
    "pearson": "Pearson chi-squared, without correction",
    "pearson-continuity": "Pearson chi-squared, with continuity correction",
    "likelihood-ratio": "Likelihood ratio",
    "fisher": "Fisher, exact",
    "barnard": "Barnard, exact",
    "boschloo": "Boschloo, exact",
    "welch": "Welch t",
    "wald": "The estimate over its standard error",
    "log-rank": "Log-rank",
    "gray": "Gray",
    "anderson-rubin": "Anderson and Rubin",
    "wild-cluster": "Wild cluster bootstrap",
    "randomisation": "Randomisation",
    "placebo": "Placebo units",
}
ESTIMANDS = {
    "itt": "intention to treat, everyone as assigned",
    "tot": "the effect on those who took part",
    "att": "the effect on those who were served",
    "ate": "the effect on everyone compared, served or not",
}
_MINUS = "\N{MINUS SIGN}"
_MOST_PLACES = 6
_ALLOCATIONS = {"randomised": "Randomised", "matched": "Served, or in the pool"}
ADJUSTMENTS = {
    "bonferroni": "Bonferroni",
    "holm": "Holm",
    "benjamini-hochberg": "Benjamini and Hochberg",
    "westfall-young": "Westfall and Young",
}


def allocation_of(design: str) -> str:
    """How people came to their arms, as the head of a figure."""
    return _ALLOCATIONS.get(design, "Assigned")


def why_not_known(status: str) -> str:
    """Why an outcome is not known, in words."""
    return RULES.get(status, status)


def effect_text(effect: Effect, value: Fraction | None = None) -> str:
    """The effect with its unit: `27.27 percent`, `USD 1,794.34`; a ratio stands alone."""
    exact = effect.value if value is None else value
    if effect.unit in CURRENCY_DIGITS:
        return amount_text(exact, effect.unit)
    text = _beside_none(exact, effect)
    if effect.unit in ("ratio", ""):
        return text
    return f"{text} {effect.unit if text.lstrip(_MINUS) == '1' else plural(effect.unit)}"


def amount_text(value: Fraction, currency: str) -> str:
    """`USD 1,794.34`: money that was estimated, rounded as it is read."""
    minor = round_exact(value * 10 ** CURRENCY_DIGITS[currency], "half-up")
    return money_text(minor, currency, code=True).replace("-", "\N{MINUS SIGN}")


def interval_text(effect: Effect) -> str:
    """`0.5 to 47`, or that there is none."""
    if effect.interval is None:
        return "none given"
    low, high = effect.interval
    if effect.unit in CURRENCY_DIGITS:
        return f"{amount_text(low, effect.unit)} to {amount_text(high, effect.unit)}"
    return f"{_beside_none(low, effect)} to {_beside_none(high, effect)}"


def p_values_text(test: TestOfNoEffect) -> str:
    """`0.163; adjusted 0.323`: by itself and, where the plan adjusts, for several outcomes."""
    text = p_value_text(float(test.p_value))
    if test.adjusted_p_value is None:
        return text
    return f"{text}; adjusted {p_value_text(float(test.adjusted_p_value))}"


def error_text(effect: Effect) -> str:
    """The standard error in the unit of the effect, or that there is none."""
    if effect.standard_error is None:
        return "none given"
    if effect.unit in CURRENCY_DIGITS:
        return amount_text(effect.standard_error, effect.unit)
    return decimal_text(
        float(effect.standard_error), places_beside(effect.standard_error, Fraction(0), least=2)
    )


def places_beside(value: Fraction, none: Fraction, *, least: int) -> int:
    """How many decimals to round to, so that a value beside no effect does not read as none.

    The end of an interval at 1.002 is no 1 where 1 is no effect. More than six are never given.
    """
    places = least
    while places < _MOST_PLACES and value != none and round(value, places) == round(none, places):
        places += 1
    return places


def no_effect_of(effect: Effect) -> Fraction:
    """What the effect would be without any: 1 for a ratio, else 0."""
    return Fraction(1) if effect.form in ("rate-ratio", "hazard-ratio") else Fraction(0)


def _beside_none(value: Fraction, effect: Effect) -> str:
    return decimal_text(float(value), places_beside(value, no_effect_of(effect), least=2))
