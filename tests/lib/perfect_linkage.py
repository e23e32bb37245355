"""A simulated county as if every agency numbered people alike: what linkage would give at best."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import yaml
from pyarrow import csv


def number_people_truly(folder: Path) -> None:
    """Put each person's true number in place of the agencies' own, in every file of the feeds."""
    records = _text_table(folder / "truth" / "records.csv")
    for path in sorted((folder / "feeds").rglob("*.csv")):
        feed = path.stem if path.parent.name == "feeds" else path.parent.name
        table = _text_table(path)
        column = "PersonalID" if "PersonalID" in table.column_names else "person_ref"
        if column not in table.column_names:
            continue
        mine = records.filter(pc.equal(records["feed"], feed))
        at = pc.index_in(table[column], mine["person_ref"])
        table = table.set_column(table.column_names.index(column), column, mine["person"].take(at))
        csv.write_csv(table, path)


def without_linkage(deal: dict[str, Any]) -> dict[str, Any]:
    """The same deal, whose feeds all use the register's numbers for people."""
    data = [
        {**source, "ids_of": "register"} if source["feed"] != "register" else source
        for source in deal["data"]
    ]
    return {**{key: value for key, value in deal.items() if key != "linkage"}, "data": data}


def number_truly_without_linkage(folder: Path) -> None:
    """A deal's folder with a simulated county in it, its people numbered alike."""
    number_people_truly(folder)
    path = folder / "deal.yaml"
    deal = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # keeps scalars as text
    path.write_text(yaml.safe_dump(without_linkage(deal), sort_keys=False), "utf-8")


def _text_table(path: Path) -> pa.Table:
    names = path.open(encoding="utf-8").readline().strip().split(",")
    options = csv.ConvertOptions(
        column_types={name: pa.string() for name in names}, strings_can_be_null=True
    )
    return csv.read_csv(path, convert_options=options)
