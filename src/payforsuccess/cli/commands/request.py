"""`pfs request`: what to ask each agency for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from payforsuccess.cli.command import FILE, Command, gives_json, takes_as_of, takes_deal, today
from payforsuccess.cli.printing import show
from payforsuccess.runs.request.request import request


@click.command("request", cls=Command)
@takes_deal
@click.option(
    "--to",
    type=FILE,
    metavar="FOLDER",
    help="A new folder for it; out/requests/DAY of the deal if left out.",
)
@takes_as_of
@gives_json
def command(deal: Path, to: Path | None, as_of: date | None, as_json: bool) -> None:
    """Write what to ask each agency for.

    For each agency that holds data of the deal: which files and columns to send and how to write
    them, a schedule for the agreement that says what each column is needed for, and a sample with
    made-up rows. Columns that the deal does not need are not asked for. An agreement may still be
    a draft; index.html says how far each is, and what waits for it. Counsel must review all of it.
    Needs the extra `analysis`.
    """
    show(request(deal, as_of=as_of or today(), to=to), as_json=as_json)
