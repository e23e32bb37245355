"""The tables of a run report: data used, what the run read, what it made."""

from __future__ import annotations

from payforsuccess.reports.inline import Exactly
from payforsuccess.reports.numbers import day_text
from payforsuccess.reports.run_facts import RunFacts
from payforsuccess.reports.table import Cell, Column, Table, cell
from payforsuccess.trail import RunInput, RunOutput, RunRecord


def data_table(facts: RunFacts) -> Table:
    """One row a feed: what it is, its source, its licence or agreement, and how many rows."""
    return Table(
        caption=f"Records used, as of {day_text(facts.as_of)}",
        columns=(
            Column("Records"),
            Column("Source"),
            Column("Licence or agreement"),
            Column("Complete through"),
            Column("Rows", is_number=True),
        ),
        rows=tuple(
            (
                cell(data.says),
                cell(data.source),
                cell(data.licence),
                cell(data.complete_through or "not stated"),
                cell(f"{data.rows:,}"),
            )
            for data in facts.data
        ),
    )


def read_table(record: RunRecord) -> tuple[Table, ...]:
    """What the run read, with fingerprints."""
    return _files("What the run read", record.inputs)


def made_table(record: RunRecord) -> tuple[Table, ...]:
    """What the run made, with fingerprints."""
    return _files("What the run made", record.outputs)


def _files(caption: str, files: tuple[RunInput, ...] | tuple[RunOutput, ...]) -> tuple[Table, ...]:
    if not files:
        return ()
    rows = tuple(
        (cell(file.name), Cell((Exactly(file.path or "-"),)), Cell((Exactly(file.fingerprint),)))
        for file in files
    )
    columns = (Column("What"), Column("Where"), Column("Fingerprint"))
    return (Table(caption, columns, rows),)
