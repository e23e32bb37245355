"""Remake synthetic.json: mixes of units by synthdid-py and pysyncon.

Run by `make references`. Cigarette packs sold a head in California and 38 states, 1970 to 2000
(Abadie, Diamond and Hainmueller 2010, of Orzechowski and Walker's Tax Burden on Tobacco), as
synthdid-py ships them; the outcomes are kept in the file, as no package that tests need has them.
"""

from __future__ import annotations

import json
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
from pysyncon import Synth
from synthdid.datasets import load_california_prop99
from synthdid.estimate import did_estimate, sc_estimate, synthdid_estimate

FIRST_YEAR, START = 1970, 1989


def by_pysyncon(pool: np.ndarray, treated: np.ndarray) -> dict[str, object]:
    """Its quadratic search on all outcomes before the start, run until it moves no more."""
    before = START - FIRST_YEAR
    weights, _ = Synth.w_optimize(
        V_mat=np.eye(before),
        X0=pool[:, :before].T,
        X1=treated[:before],
        qp_options={"maxiter": 10_000, "ftol": 1e-13},
    )
    gaps = treated - weights @ pool
    return {
        "value": float(gaps[before:].mean()),
        "error_before": float(np.sqrt((gaps[:before] ** 2).mean())),
        "weights": np.round(weights, 12).tolist(),
    }


def figures() -> dict[str, object]:
    warnings.simplefilter("ignore")
    rows = load_california_prop99()
    table = rows.pivot(index="State", columns="Year", values="PacksPerCapita").sort_index()
    treated = table.loc["California"].to_numpy()
    pool = table.drop(index="California").to_numpy()
    whole = np.vstack([pool, treated])
    found = synthdid_estimate(whole, 38, 19)
    firm = synthdid_estimate(whole, 38, 19, min_decrease=1e-9, max_iter=1_000_000)
    return {
        "packages": {name: version(name) for name in ("pysyncon", "synthdid-py")},
        "states": table.drop(index="California").index.tolist(),
        "pool": np.round(pool, 6).tolist(),
        "california": np.round(treated, 6).tolist(),
        "synthdid": {
            "value": float(found),
            "value_of_longer_search": float(firm),
            "reach": float(found.opts["zeta_omega"]),
            "units": found.weights.omega.tolist(),
            "periods": found.weights.lambda_.tolist(),
            "difference": float(did_estimate(whole, 38, 19)),
            "control": float(sc_estimate(whole, 38, 19)),
        },
        "pysyncon": by_pysyncon(pool, treated),
    }


if __name__ == "__main__":
    out = Path(__file__).with_name("synthetic.json")
    out.write_text(json.dumps(figures(), separators=(",", ":")).replace("],", "],\n") + "\n")
