"""The SQL a measure stands for is filed with results; a change of it is read before accepted.

To accept new SQL, run with PFS_ACCEPT=1 and read the difference before committing.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from payforsuccess.measures import COMPILERS, Excused, PlainRecords, Seen, Stretch, Tables
from payforsuccess.store import open_store
from tests.spec.drawing import Spec, arrow_tables

SQL = Path(__file__).parent / "sql"
EXCUSED = Excused(
    not_counted=(Stretch(date(2020, 3, 16), date(2020, 6, 1)),),
    extends=(Stretch(date(2020, 7, 1), date(2020, 8, 1)),),
)
WINDOW = {"event": "arrest", "window": "12 months"}
MEASURES = {
    "event_absent": {"kind": "event-absent", **WINDOW, "on_death": "fail"},
    "event_count": {"kind": "event-count", **WINDOW, "counts": "days", "on_move": "succeed"},
}


@pytest.mark.parametrize("name", MEASURES)
def test_the_sql_is_the_accepted_one(name: str) -> None:
    measure = Spec(rule="", measure=MEASURES[name], expected="", enrolments="").built
    with open_store() as store:
        tables = Tables.of(store.tables_from(arrow_tables(PlainRecords())))
        rows = COMPILERS[type(measure)](
            measure, tables, seen=Seen.everywhere(date(2024, 12, 31)), excused=EXCUSED
        )
        sql = store.sql_of(rows) + "\n"
    accepted = SQL / f"{name}.sql"
    if os.environ.get("PFS_ACCEPT"):
        accepted.write_text(sql)

    assert sql == accepted.read_text()
