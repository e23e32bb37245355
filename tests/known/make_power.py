"""Remake power.json: what other people's packages say of power and sample size.

Run by `make references`.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from itertools import product
from pathlib import Path

from statsmodels.stats.power import NormalIndPower, TTestIndPower
from statsmodels.stats.proportion import power_proportions_2indep


def figures() -> dict[str, object]:
    means, normal = TTestIndPower(), NormalIndPower()
    return {
        "packages": {"statsmodels": version("statsmodels")},
        "means_power": [
            [people, effect, ratio, level, means.power(effect, people, level, ratio)]
            for people, effect, ratio, level in product(
                (5, 40, 400), (0.1, 0.3, 0.5), (1.0, 2.0), (0.05, 0.01)
            )
            if people * effect < 200  # beyond, there is no number
        ],
        "means_people": [
            [effect, power, means.solve_power(effect, alpha=0.05, power=power)]
            for effect, power in product((0.2, 0.5), (0.8, 0.9))
        ],
        "means_effect": [
            [people, means.solve_power(nobs1=people, alpha=0.05, power=0.8)]
            for people in (20, 216, 1000)
        ],
        "normal_people": [
            [effect, normal.solve_power(effect, alpha=0.05, power=0.8)] for effect in (0.2, 0.5)
        ],
        "proportions_pooled": [
            [
                control,
                change,
                people,
                float(
                    power_proportions_2indep(
                        change, control, people, ratio=1, alpha=0.05, return_results=True
                    ).power
                ),
            ]
            for control, change, people in product((0.3, 0.5), (-0.1, 0.15), (60, 216, 500))
        ],
    }


if __name__ == "__main__":
    out = Path(__file__).with_name("power.json")
    out.write_text(json.dumps(figures(), indent=1, default=float) + "\n")
