"""The sample that comes with each layout: a few made-up rows in its form."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from importlib.resources import files

from payforsuccess.records.feed import FeedLayout

Rows = tuple[Mapping[str, str], ...]


def sample_of(layout: FeedLayout) -> Mapping[str, Rows]:
    """The sample's rows by file, as texts by column; a file that it lacks is left out.

    It lies in the layout's folder: `sample.csv`, or `sample/<file>.csv` where there are several.
    """
    folder = files("payforsuccess.records") / layout.name.replace("-", "_")
    found = {}
    for file in layout.files:
        path = folder / "sample.csv"
        if len(layout.files) > 1:
            path = folder / "sample" / f"{file.name}.csv"
        if path.is_file():
            rows = csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines())
            found[file.name] = tuple(rows)
    return found
