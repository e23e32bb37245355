"""`pfs ingest`: a deal's feeds read into a snapshot."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from payforsuccess.cli.command import DAY, Command, gives_json, takes_deal
from payforsuccess.cli.printing import show
from payforsuccess.cli.progress import tell
from payforsuccess.runs.deliver import ingest


@click.command("ingest", cls=Command)
@takes_deal
@click.option(
    "--as-of", type=DAY, help="The day it is done for; the day after the data end if left out."
)
@gives_json
def command(deal: Path, as_of: date | None, as_json: bool) -> None:
    """Read the agencies' files into a snapshot.

    Each feed is read under its agreement: a column that it does not permit is never read, and one
    that has expired stops the work. The rows are kept under out/snapshots/, named by what they
    hold. Needs the extra `analysis`.
    """
    show(ingest(deal, as_of=as_of, tell=tell), as_json=as_json)
