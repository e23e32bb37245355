"""The words a reader meets for the closed lists of an evaluation plan."""

from __future__ import annotations

from fractions import Fraction

from payforsuccess.deal.estimates import Effect
from payforsuccess.deal.words.phrases import plural
from payforsuccess.measures.attrition import RULES
from payforsuccess.reports.numbers import decimal_text
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
    number = float(exact)
    text = decimal_text(number)
    if effect.unit in ("ratio", ""):
        return text
    return f"{text} {effect.unit if abs(number) == 1 else plural(effect.unit)}"


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
    return f"{decimal_text(float(low))} to {decimal_text(float(high))}"
