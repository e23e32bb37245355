"""`pfs bundle`: one file to check a statement with."""

from __future__ import annotations

from pathlib import Path

import click

from payforsuccess.cli.command import FILE, Command, gives_json, takes_deal
from payforsuccess.cli.printing import show
from payforsuccess.runs.statement.bundle import bundle


@click.command("bundle", cls=Command)
@takes_deal
@click.option("--statement", type=int, metavar="N", help="The statement; the last if left out.")
@click.option("--to", type=FILE, metavar="FILE", help="Where to write; out/bundles/ if left out.")
@gives_json
def command(deal: Path, statement: int | None, to: Path | None, as_json: bool) -> None:
    """Put a statement and all it rests on into one file.

    Someone outside can compute the statement again from it with `pfs verify`, without any of the
    payor's systems. Rows by person go in under their keys and are protected data. DEAL is a deal's
    folder, or that of an issued statement within it.
    """
    show(bundle(deal, statement=statement, to=to), as_json=as_json)
