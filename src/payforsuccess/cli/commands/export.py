"""`pfs export`: a deal in an open format."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

import click

from payforsuccess.cli.command import FILE, Command, gives_json, takes_as_of, takes_deal, today
from payforsuccess.cli.printing import show


@click.command("export", cls=Command)
@takes_deal
@click.option(
    "--as",
    "form",
    type=click.Choice(["indigo", "ocds", "csv", "parquet"]),
    required=True,
    help="The open format.",
)
@click.option(
    "--to",
    type=FILE,
    metavar="PATH",
    required=True,
    help="A file for indigo and ocds, a folder for csv and parquet.",
)
@click.option(
    "--id", "id_", metavar="ID", help="The project's id in INDIGO, or the ocid; local if left out."
)
@takes_as_of
@gives_json
def command(
    deal: Path,
    form: Literal["indigo", "ocds", "csv", "parquet"],
    to: Path,
    id_: str | None,
    as_of: date | None,
    as_json: bool,
) -> None:
    """Write a deal in an open format, without anything about a person.

    An INDIGO record, an Open Contracting release, or tables of statements, payments and results
    as CSV or Parquet, with a published schema. Results of few people, amounts that rest on them
    and totals that would tell them are left out; each is listed with its reason.
    """
    from payforsuccess.runs.open_data.export import export

    on = as_of if as_of is not None else today()
    show(export(deal, form, to=to, on=on, id_=id_), as_json=as_json)
