"""The library of deals, or one of it, in an open format."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, get_args

from payforsuccess.deal.record import Record
from payforsuccess.errors import Finding, Place, Problem, Refusal
from payforsuccess.reports.open_data import comparator_table, exact_json
from payforsuccess.reports.open_data.indigo_of_record import has_stage, indigo_records
from payforsuccess.runs.files import write_whole
from payforsuccess.runs.library.files import library_deal, library_records, library_sources
from payforsuccess.runs.open_data.export import Exported
from payforsuccess.runs.open_data.table_files import write_tables

LibraryForm = Literal["indigo", "csv", "parquet"]


def library_export(
    form: LibraryForm, *, to: Path, name: str | None = None, own: Path | None = None
) -> Exported:
    """Write every comparator, or the one named: an INDIGO file, or a table with its schema.

    to: a file for `indigo`, a folder for `csv` and `parquet`. Comparators hold no personal data.
    """
    if form not in get_args(LibraryForm):
        known = ", ".join(get_args(LibraryForm))
        raise Refusal(Problem(f"“{form[:20]}” is no open format.", f"Use one of: {known}."))
    if name is None:
        records = tuple(record for record, _ in library_records(own=own))
    else:
        records = (library_deal(name, own=own).record,)
    if form == "indigo":
        if to.is_dir():
            raise Refusal(Problem("This is a folder.", "Name a file.", Place(str(to))))
        listed = [record for record in records if has_stage(record)]
        if not listed:
            raise Refusal(
                Problem(
                    "The standard has no stage for a deal that is only explored.",
                    "Write it as csv or parquet.",
                )
            )
        sources = library_sources(own=own).sources
        write_whole(to, exact_json(indigo_records(listed, sources)).encode())
        return Exported(form, (to,), (), _explored(records))
    paths = write_tables(
        (comparator_table(records),),
        to,
        form="csv" if form == "csv" else "parquet",
        name="comparators",
        title="Comparators: Pay for Success deals in the public record",
        says="Figures are published, derived from published figures, or unknown; the library "
        "gives the source of each.",
    )
    return Exported(form, paths, ())


def _explored(records: tuple[Record, ...]) -> tuple[Finding, ...]:
    """The deals that an INDIGO file cannot hold."""
    names = [record.id for record in records if not has_stage(record)]
    if not names:
        return ()
    return (
        Finding(
            "stage",
            "Not written, because the standard has no stage for a deal that is only explored: "
            f"{', '.join(names)}.",
        ),
    )
