"""Remake rossi.json: what other people's packages say of the re-entry experiment.

Run by `make references`. The data come from lifelines itself, not from our copy of them.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
import statsmodels.api as sm
from lifelines.datasets import load_rossi
from scipy import stats
from statsmodels.stats.contingency_tables import Table2x2
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    proportion_confint,
    proportions_ztest,
)
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

TRAITS = {
    "age": "age",
    "race": "race",
    "work-experience": "wexp",
    "married": "mar",
    "parole": "paro",
    "prior-convictions": "prio",
}


def figures() -> dict[str, object]:
    rossi = load_rossi()
    aid, none = rossi[rossi.fin == 1], rossi[rossi.fin == 0]
    a, n, b, m = int(aid.arrest.sum()), len(aid), int(none.arrest.sum()), len(none)
    table = np.array([[a, b], [n - a, m - b]])
    regression = sm.OLS(rossi.arrest, sm.add_constant(rossi.fin))
    ratio = Table2x2(np.array([[a, n - a], [b, m - b]]))
    z = proportions_ztest([a, b], [n, m])
    difference = a / n - b / m
    unpooled = np.sqrt(a / n * (1 - a / n) / n + b / m * (1 - b / m) / m)
    low, high = ratio.riskratio_confint(alpha=0.05)
    welch = stats.ttest_ind(aid.arrest, none.arrest, equal_var=False)
    g = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood")
    pearson = stats.chi2_contingency(table, correction=False)
    corrected = stats.chi2_contingency(table, correction=True)
    barnard = stats.barnard_exact(table)
    return {
        "packages": {name: version(name) for name in ("lifelines", "scipy", "statsmodels")},
        "counts": {"aid": [a, n], "no-aid": [b, m]},
        "difference": {
            "points": 100 * difference,
            "standard_error_unpooled": 100 * float(unpooled),
            "standard_error_hc2": 100 * float(regression.fit(cov_type="HC2").bse["fin"]),
            "interval": [
                100 * end
                for end in confint_proportions_2indep(a, n, b, m, method="wald", compare="diff")
            ],
        },
        "percent_reduction": {
            "value": 100 * (1 - float(ratio.riskratio)),
            "log_ratio_standard_error": float(ratio.log_riskratio_se),
            "interval": [100 * (1 - float(high)), 100 * (1 - float(low))],
        },
        "wilson": {
            "aid": [float(end) for end in proportion_confint(a, n, method="wilson")],
            "no-aid": [float(end) for end in proportion_confint(b, m, method="wilson")],
        },
        "tests": {
            "z-unpooled": [difference / unpooled, 2 * stats.norm.sf(abs(difference / unpooled))],
            "z-pooled": [float(z[0]), float(z[1])],
            "pearson": [float(pearson.statistic), float(pearson.pvalue)],
            "pearson-continuity": [float(corrected.statistic), float(corrected.pvalue)],
            "likelihood-ratio": [float(g.statistic), float(g.pvalue)],
            "fisher": [None, float(stats.fisher_exact(table).pvalue)],
            "barnard": [float(barnard.statistic), float(barnard.pvalue)],
            "boschloo": [None, float(stats.boschloo_exact(table).pvalue)],
            "welch": [float(welch.statistic), float(welch.pvalue)],
        },
        "balance": {trait: balance(aid[column], none[column]) for trait, column in TRAITS.items()},
    }


def balance(aid: np.ndarray, none: np.ndarray) -> dict[str, float]:
    both = CompareMeans(DescrStatsW(aid), DescrStatsW(none))
    gap = float(both.d1.mean - both.d2.mean)
    spread = np.sqrt((aid.var(ddof=1) + none.var(ddof=1)) / 2)
    if set(aid.unique()) | set(none.unique()) <= {0, 1}:
        odds = Table2x2(np.array([[aid.sum(), (1 - aid).sum()], [none.sum(), (1 - none).sum()]]))
        effect = float(odds.log_oddsratio) / 1.65
    else:
        people = len(aid) + len(none)
        effect = gap / float(both.std_meandiff_pooledvar / np.sqrt(1 / len(aid) + 1 / len(none)))
        effect *= 1 - 3 / (4 * people - 9)
    return {
        "treated_mean": float(aid.mean()),
        "control_mean": float(none.mean()),
        "standardised_difference": gap / float(spread),
        "effect_size": effect,
    }


if __name__ == "__main__":
    out = Path(__file__).with_name("rossi.json")
    out.write_text(json.dumps(figures(), indent=2, default=float) + "\n")
