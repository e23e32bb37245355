"""The wild cluster bootstrap, against wildboottest.

wild.json is made by make_wild.py (`make references`).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from payforsuccess.evaluation.regression import WildBootstrap, wild_cluster_bootstrap
from tests.lib.outside_data import outside_data

KNOWN: dict[str, Any] = json.loads(Path(__file__).with_name("wild.json").read_text())


@pytest.fixture(scope="module")
def pupils() -> pd.DataFrame:
    data = outside_data("star")[["stark", "readk", "mathk", "schoolidk", "gender"]]
    data = data.dropna()
    data = data[data.stark != "regular+aide"]
    data["score"] = data.readk + data.mathk
    data["girl"] = (data.gender == "female").astype(float)
    return data


def bootstrap(data: pd.DataFrame, *, girl: bool = False, **how: Any) -> WildBootstrap:
    schools = data.schoolidk.to_numpy().astype(np.int64)
    if how.pop("by_school", False):
        how["strata"] = schools
    if girl:
        how |= {"covariates": data[["girl"]].to_numpy(), "names": ["girl"]}
    return wild_cluster_bootstrap(
        data.score.to_numpy(float),
        data.stark.to_numpy() == "small",
        schools,
        rng=np.random.default_rng(7),
        **how,
    )


@pytest.mark.parametrize(
    ("case", "how"),
    [
        ("ten", {}),
        ("ten_with_covariate", {"girl": True}),
        ("ten_by_school", {"by_school": True}),
    ],
)
def test_every_pattern_of_signs_of_ten_schools(
    pupils: pd.DataFrame, case: str, how: dict[str, Any]
) -> None:
    known = KNOWN[case]
    ten = pupils[pupils.schoolidk.isin(sorted(pupils.schoolidk.unique())[:10])]

    found = bootstrap(ten, **how)

    assert found.is_enumerated
    # a pattern and its opposite say the same: we look at one of the two
    assert (2 * found.draws, 2 * found.at_least) == (known["draws"], known["at_least"])
    assert found.p_value == known["p_value"]
    assert found.statistic == pytest.approx(known["statistic"], rel=1e-9)


def test_drawn_patterns_within_chance(pupils: pd.DataFrame) -> None:
    """Both sides draw 99,999 patterns: five errors of the difference between two such shares."""
    ten = pupils[pupils.schoolidk.isin(sorted(pupils.schoolidk.unique())[:10])]
    for case, data, how in (
        ("ten_webb", ten, {"weights": "webb"}),
        ("all", pupils, {"girl": True}),
    ):
        known, found = KNOWN[case], bootstrap(data, draws=99_999, **how)
        share = known["p_value"]
        assert not found.is_enumerated
        assert found.statistic == pytest.approx(known["statistic"], rel=1e-9)
        assert abs(found.p_value - share) < 5 * (2 * share * (1 - share) / 99_999) ** 0.5
