"""Remake put_spread.json: what QuantLib says of put spreads on a lognormal number of days.

Run by `make references`. The reading of a success payment as a put spread is that of Andrikopoulos
and Tsekrekos (2024), The Pay-for-Success Contract: A Valuation Note, J. of Futures Markets 44(9),
1465-1473: the payor pays for each day below the upper strike, down to the lower one. Its price is
the difference of two puts by Black's formula. The numbers here are made up; none is the paper's.
"""

from __future__ import annotations

import json
import math
from importlib.metadata import version
from pathlib import Path

import QuantLib

# mean days, volatility a year, years, upper strike, lower strike, price of a day, yearly rate
CASES = (
    ("1000", 0.20, 4.0, "1000", "600", "160", 0.03),
    ("1000", 0.20, 1.0, "900", "700", "160", 0.03),
    ("1200", 0.35, 6.0, "1000", "500", "90.50", 0.02),
    ("700", 0.10, 3.0, "1000", "600", "160", 0.05),
    ("1500", 0.15, 2.0, "1000", "600", "40", 0.0),
)


def black_put(strike: float, forward: float, deviation: float, discount: float) -> float:
    return QuantLib.blackFormula(QuantLib.Option.Put, strike, forward, deviation, discount)


def below(strike: float, forward: float, deviation: float) -> float:
    """The chance that the number ends below a strike: minus the slope of an undiscounted put."""
    return QuantLib.blackFormulaCashItmProbability(QuantLib.Option.Put, strike, forward, deviation)


def case(mean, volatility, years, upper, lower, each, rate) -> dict[str, object]:
    forward, deviation = float(mean), volatility * math.sqrt(years)
    discount = math.exp(-rate * years)
    high, low = (black_put(float(k), forward, deviation, discount) for k in (upper, lower))
    return {
        "mean": mean,
        # the standard deviation of the days themselves, as assumptions state it
        "sd": f"{forward * math.sqrt(math.expm1(deviation**2)):.9f}",
        "upper": upper,
        "lower": lower,
        "each": each,
        "discount": discount,
        "price": float(each) * (high - low),
        "pays_nothing": 1 - below(float(upper), forward, deviation),
        "pays_all": below(float(lower), forward, deviation),
    }


if __name__ == "__main__":
    made = {"made_with": f"QuantLib {version('QuantLib')}", "cases": [case(*c) for c in CASES]}
    text = json.dumps(made, indent=1)
    Path(__file__).with_name("put_spread.json").write_text(text + "\n")
