"""A spread and a normal score become a value."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy
from scipy import special

from payforsuccess.deal.assumptions import Spread
from payforsuccess.errors import Problem, Refusal


def spread_value(spread: Spread, central: Fraction, score: Any) -> Any:
    """The value at a standard normal score, one for each score.

    normal: central + sd x score. lognormal: mean `central` (above 0) and standard deviation `sd`.
    beta: mean `central` (between 0 and 1) and standard deviation `sd`, which must be below
    sqrt(mean x (1 - mean)). uniform: from `least` to `most`. triangular: with its peak at
    `central`, between `least` and `most`.
    """
    middle = float(central)
    match spread.shape:
        case "normal":
            return middle + _sd(spread) * score
        case "lognormal":
            return _lognormal(middle, _sd(spread), score)
        case "beta":
            return _beta(middle, _sd(spread), score)
        case "uniform":
            least, most = _ends(spread)
            return least + (most - least) * special.ndtr(score)
        case "triangular":
            return _triangular(middle, *_ends(spread), score)


def _sd(spread: Spread) -> float:
    assert spread.sd is not None
    return float(spread.sd)


def _ends(spread: Spread) -> tuple[float, float]:
    assert spread.least is not None
    assert spread.most is not None
    return float(spread.least), float(spread.most)


def _lognormal(mean: float, sd: float, score: Any) -> Any:
    if mean <= 0:
        raise _refused("A lognormal spread", f"a mean above 0; found {mean:g}")
    if sd == 0:
        return mean + 0.0 * score
    variance = numpy.log1p((sd / mean) ** 2)
    return numpy.exp(numpy.log(mean) - variance / 2 + numpy.sqrt(variance) * score)


def _beta(mean: float, sd: float, score: Any) -> Any:
    if sd == 0:
        return mean + 0.0 * score
    if not 0 < mean < 1 or sd * sd >= mean * (1 - mean):
        raise _refused(
            "A beta spread",
            f"a mean between 0 and 1 and a standard deviation below sqrt(mean x (1 - mean)); found "
            f"{mean:g} and {sd:g}",
        )
    size = mean * (1 - mean) / (sd * sd) - 1
    return special.betaincinv(mean * size, (1 - mean) * size, special.ndtr(score))


def _triangular(peak: float, least: float, most: float, score: Any) -> Any:
    if not least <= peak <= most:
        raise _refused(
            "A triangular spread", f"its peak between {least:g} and {most:g}; found {peak:g}"
        )
    if least == most:
        return peak + 0.0 * score
    share = special.ndtr(score)
    turn = (peak - least) / (most - least)
    rising = least + numpy.sqrt(share * (most - least) * (peak - least))
    falling = most - numpy.sqrt((1 - share) * (most - least) * (most - peak))
    return numpy.where(share < turn, rising, falling)


def _refused(what: str, needs: str) -> Refusal:
    return Refusal(Problem(f"{what} needs {needs}.", "Correct the spread or the value."))
