"""Public data sets that tests of estimators read; tests/known/data/README.md says whence."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

DATA = Path(__file__).parents[1] / "known" / "data"


def outside_data(name: str) -> pd.DataFrame:
    """A data set by its file's name, such as star."""
    return pd.read_csv(DATA / f"{name}.csv.gz")
