"""Remake staggered.json: what other people's packages say of units that start at different times.

Run by `make references`. The panel is made up (tests/lib/staggered.py), the same on both sides.
"""

from __future__ import annotations

import json
import sys
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
from csdid.att_gt import ATTgt
from diff_diff import CallawaySantAnna

sys.path.insert(0, str(Path(__file__).parents[1] / "lib"))

from staggered import Staggered, a_staggered_panel

CONTROLS = {"never-treated": "nevertreated", "not-yet-treated": "notyettreated"}
BY = {
    "none": (None, "reg"),
    "outcome-regression": ("~x1+x2", "reg"),
    "inverse-weighting": ("~x1+x2", "ipw"),
    "doubly-robust": ("~x1+x2", "dr"),
}
OVER = {"simple": "simple", "cohort": "group", "event": "dynamic", "calendar": "calendar"}


def long(panel: Staggered) -> pd.DataFrame:
    units, periods = panel.outcomes.shape
    unit, time = np.divmod(np.arange(units * periods), periods)
    return pd.DataFrame(
        {
            "unit": unit,
            "time": time + 1,  # 0 stands for never in these packages
            "y": panel.outcomes.ravel(),
            "start": np.where(panel.first_treated < 0, 0, panel.first_treated + 1)[unit],
            "x1": panel.covariates[unit, 0],
            "x2": panel.covariates[unit, 1],
            "site": panel.clusters[unit],
        }
    )


def by_csdid(rows: pd.DataFrame, controls: str, by: str, **more: object) -> dict[str, object]:
    formula, method = BY[by]
    found = ATTgt(
        yname="y",
        tname="time",
        idname="unit",
        gname="start",
        data=rows,
        control_group=[CONTROLS[controls]],
        xformla=formula,
        **more,
    ).fit(est_method=method, base_period="varying", bstrap=False)
    cells = found.results
    told: dict[str, object] = {
        "cohorts": [int(group) - 1 for group in cells["group"]],
        "periods": [int(year) - 1 for year in cells["year"]],
        "values": [float(value) for value in cells["att"]],
        "standard_errors": [float(error) for error in np.ravel(cells["se"])],
    }
    for ours, theirs in OVER.items():
        found.aggte(typec=theirs, bstrap=False)
        whole = found.atte
        told[ours] = {
            "overall": [float(whole["overall_att"]), float(np.ravel(whole["overall_se"])[0])],
            "values": [] if ours == "simple" else [float(v) for v in whole["att_egt"]],
            "standard_errors": []
            if ours == "simple"
            else [float(v) for v in np.ravel(whole["se_egt"])],
        }
    return told


def by_diff_diff(rows: pd.DataFrame, controls: str) -> dict[str, object]:
    found = CallawaySantAnna(control_group=controls.replace("-", "_"), estimation_method="reg").fit(
        rows, outcome="y", unit="unit", time="time", first_treat="start", aggregate="all"
    )
    cells = sorted(found.group_time_effects.items())
    return {
        "cohorts": [int(group) - 1 for (group, _), _ in cells],
        "periods": [int(time) - 1 for (_, time), _ in cells],
        "values": [float(cell["effect"]) for _, cell in cells],
        "standard_errors": [float(cell["se"]) for _, cell in cells],
        "overall": [float(found.overall_att), float(found.overall_se)],
    }


def figures() -> dict[str, object]:
    warnings.simplefilter("ignore")
    rows = long(a_staggered_panel())
    return {
        "packages": {name: version(name) for name in ("csdid", "diff-diff")},
        "csdid": {
            controls: {by: by_csdid(rows, controls, by) for by in BY} for controls in CONTROLS
        },
        "csdid_anticipated": by_csdid(rows, "never-treated", "none", anticipation=1),
        "diff_diff": {controls: by_diff_diff(rows, controls) for controls in CONTROLS},
    }


if __name__ == "__main__":
    out = Path(__file__).with_name("staggered.json")
    out.write_text(json.dumps(figures(), indent=1) + "\n")
