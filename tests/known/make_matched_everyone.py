"""Remake matched_everyone.json: what causalinference says of matching everyone both ways.

Run by `make references`. Its own standard errors are those of the sample at hand with one
"conservative" variance a side, which are not those of Abadie and Imbens and are not kept.
"""

from __future__ import annotations

import json
import sys
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
from causalinference import CausalModel

sys.path.insert(0, str(Path(__file__).parents[1] / "lib"))

from staggered import a_staggered_panel

MATCHES = (1, 3)


def figures() -> dict[str, object]:
    """The made-up panel's first period, by its two covariates and one more that makes no ties."""
    warnings.simplefilter("ignore")
    panel = a_staggered_panel()
    traits = np.column_stack([panel.covariates[:, 0], panel.outcomes[:, 0]])
    # Made uncorrelated: its weights by inverse variance are then Mahalanobis over everyone. What
    # it calls so itself is over the mean covariance of both sides.
    apart = traits @ np.linalg.eigh(np.cov(traits, rowvar=False))[1]
    model = CausalModel(panel.outcomes[:, 6], panel.first_treated >= 0, apart)
    found: dict[str, object] = {"packages": {"causalinference": version("causalinference")}}
    for matches in MATCHES:
        for adjusted in (False, True):
            model.est_via_matching(weights="inv", matches=matches, bias_adj=adjusted)
            told = model.estimates["matching"]
            key = f"{matches}{' adjusted' if adjusted else ''}"
            found[key] = {whom: float(told[whom]) for whom in ("ate", "att", "atc")}
    return found


if __name__ == "__main__":
    out = Path(__file__).with_name("matched_everyone.json")
    out.write_text(json.dumps(figures(), indent=1) + "\n")
