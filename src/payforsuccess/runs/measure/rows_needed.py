"""Which rows by person a statement rests on: those of its periods and of what is paid for."""

from __future__ import annotations

import csv
import io
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from payforsuccess.payments.history import DealHistory
from payforsuccess.runs.files import read_bytes

if TYPE_CHECKING:
    from pyarrow import Table

LARGEST = 4 * 1024**3


@dataclass(frozen=True)
class RowsNeeded:
    """The outcomes that payment terms read, and the last period whose rows count.

    A statement is made by replay from the first period on, so it needs the rows of all periods up
    to its own, as they are known by then; and none of a later one, nor of what nobody pays for.
    """

    outcomes: frozenset[str]
    through: int

    def has(self, outcome: str, period: int) -> bool:
        """Whether rows of the outcome and period are among them."""
        return outcome in self.outcomes and period <= self.through

    def of_table(self, table: Table) -> Table:
        """The rows of an Arrow table that are among them."""
        import pyarrow as pa
        import pyarrow.compute as pc

        names = pa.array(sorted(self.outcomes), pa.string())
        wanted = pc.is_in(table["outcome"].cast(pa.string()), value_set=names)
        periods = table["period"].cast(pa.int64())
        return table.filter(pc.and_(wanted, pc.less_equal(periods, self.through)))

    def write(self, source: Path, target: Path) -> None:
        """Copy a file of rows by person that has been read, with these rows and no others."""
        if source.suffix == ".parquet":
            import pyarrow.parquet as pq

            table = pq.read_table(source)
            kept = self.of_table(table)
            if kept.num_rows == table.num_rows:
                shutil.copyfile(source, target)
            else:
                pq.write_table(kept, target)
            return
        text = read_bytes(source, largest=LARGEST).decode("utf-8-sig")
        rows = csv.reader(io.StringIO(text, newline=""))
        header = next(rows)
        at = header.index("outcome"), header.index("period")
        with target.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(header)
            for cells in rows:
                if cells and self.has(cells[at[0]].strip(), int(cells[at[1]])):
                    out.writerow(cells)


def rows_needed(history: DealHistory, through: int) -> RowsNeeded:
    """What the statement of a period needs, under any version of the deal."""
    return RowsNeeded(
        frozenset(
            name
            for version in history.versions
            for term in version.payments
            for name in term.outcomes_read()
        ),
        through,
    )
