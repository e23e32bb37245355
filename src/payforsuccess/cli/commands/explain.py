"""`pfs explain`: the deal read aloud."""

from __future__ import annotations

from pathlib import Path

import click

from payforsuccess.cli.command import Command, gives_json, takes_deal
from payforsuccess.cli.printing import show
from payforsuccess.runs.explain import explain


@click.command("explain", cls=Command)
@takes_deal
@click.option(
    "--sql",
    "name",
    metavar="OUTCOME",
    help="Print the SQL of this outcome's or plan's measure instead, with comments.",
)
@gives_json
def command(deal: Path, name: str | None, as_json: bool) -> None:
    """Print a whole deal in plain words.

    The sentences are made from the same rules that compute payments. Read them beside the
    contract: where they say something else, the file is wrong.

    With --sql it prints, for an auditor, the statement that a measure becomes, as a run files it
    with its results; no record is read. That needs the extra `analysis`.
    """
    if name is not None:
        from payforsuccess.runs.measure.sql_listing import sql_of

        show(sql_of(deal, name), as_json=as_json)
        return
    show(explain(deal), as_json=as_json)
