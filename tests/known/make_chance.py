"""Remake chance.json: randomisation inference and several tests at once, by other packages.

Run by `make references`. The assignments are the same on both sides where a package takes them as
given (ritest-python), so that p-values agree to the last digit; else the tolerance is of chance.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pyfixest as pf
import statsmodels.api as sm
from causaldata import nsw_mixtape
from pyfixest.estimation.post_estimation.multcomp import _get_rwolf_pval, _get_wyoung_pval
from ritest import ritest
from scipy import stats
from statsmodels.stats.multitest import multipletests

COVARIATES = ["age", "educ", "black", "hisp", "marr", "nodegree", "re74", "re75"]
SHUFFLES, SEED = 4_000, 20
P_VALUES = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
    0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1.0,
]  # fmt: skip


def shuffled(arm: np.ndarray, groups: np.ndarray | None = None) -> np.ndarray:
    """The arm in random orders, one a row; within groups where there are any."""
    rng = np.random.default_rng(SEED)
    rows = np.tile(arm, (SHUFFLES, 1))
    for group in [None] if groups is None else np.unique(groups):
        columns = slice(None) if group is None else np.flatnonzero(groups == group)
        rows[:, columns] = rng.permuted(rows[:, columns], axis=1)
    return rows


def by_ritest(data, formula: str, **more: object) -> dict[str, object]:
    found = ritest(
        df=data, permute_var="treat", formula=formula, stat="treat", n_jobs=1, seed=1,
        ci_mode="bounds", ci_range=3.5, ci_step=0.002, **more,
    )  # fmt: skip
    low, high = found.coef_ci_bounds
    return {
        "value": float(found.obs_stat),
        "as_extreme": int(found.c),
        "interval": [float(low), float(high)],
    }


def figures() -> dict[str, object]:
    data = nsw_mixtape.load_pandas().data
    data["treat"] = data["treat"].astype(int)
    data["black"] = data["black"].astype(int)
    arm = data["treat"].to_numpy()
    adjusted = "re78 ~ treat + " + " + ".join(COVARIATES)
    scipy_found = stats.permutation_test(
        (data.re78[data.treat == 1].to_numpy(), data.re78[data.treat == 0].to_numpy()),
        lambda x, y, axis: x.mean(axis=axis) - y.mean(axis=axis),
        vectorized=True,
        n_resamples=20_000,
        batch=1_000,
        rng=np.random.default_rng(1),
    )
    pyfixest_found = pf.feols(adjusted, data[["re78", "treat", *COVARIATES]].astype(float)).ritest(
        "treat", reps=4_000, rng=np.random.default_rng(1), choose_algorithm="slow"
    )
    rng = np.random.default_rng(3)
    shared = rng.standard_normal((400, 1))
    drawn = np.round(rng.standard_normal((400, 5)) + 0.8 * shared, 3)
    observed = np.array([2.9, -1.2, 2.2, 0.4, -2.5])
    away = np.abs(np.vstack([observed, drawn]))
    p_values = (away[:, None, :] <= away[None, :, :]).mean(axis=1)
    outcomes = data[["re74", "re75", "re78"]].to_numpy(float)
    control = outcomes[arm == 0]
    standard = (outcomes - control.mean(axis=0)) / control.std(axis=0, ddof=1)
    covariances = np.cov(standard, rowvar=False)
    return {
        "packages": {
            name: version(name)
            for name in ("ritest-python", "pyfixest", "scipy", "statsmodels", "causaldata")
        },
        "shuffles": {"seed": SEED, "times": SHUFFLES},
        "complete": by_ritest(data, "re78 ~ treat", permutations=shuffled(arm)),
        "adjusted": by_ritest(data, adjusted, permutations=shuffled(arm)),
        "within_strata": by_ritest(
            data,
            "re78 ~ treat + C(black)",
            permutations=shuffled(arm, data["black"].to_numpy()),
        ),
        "scipy": {
            "p_value": float(scipy_found.pvalue),
            "permutation_sd": float(scipy_found.null_distribution.std()),
            "draws": 20_000,
        },
        "pyfixest_adjusted": {
            "value": float(pyfixest_found["Estimate"]),
            "p_value": float(pyfixest_found["Pr(>|t|)"]),
            "draws": 4_000,
        },
        "several": {
            "p_values": P_VALUES,
            **{
                ours: multipletests(P_VALUES, method=theirs)[1].tolist()
                for ours, theirs in (
                    ("bonferroni", "bonferroni"),
                    ("holm", "holm"),
                    ("benjamini_hochberg", "fdr_bh"),
                )
            },
        },
        "westfall_young": {
            "observed": observed.tolist(),
            "drawn": drawn.tolist(),
            "step_down_max_t": _get_rwolf_pval(observed, drawn).tolist(),
            "step_down_min_p": _get_wyoung_pval(p_values[0], p_values).tolist(),
        },
        "index": {
            "outcomes": ["re74", "re75", "re78"],
            "first": [
                float(sm.GLS(row, np.ones(3), sigma=covariances).fit().params[0])
                for row in standard[:20]
            ],
        },
    }


if __name__ == "__main__":
    out = Path(__file__).with_name("chance.json")
    out.write_text(json.dumps(figures(), default=float) + "\n")
