"""`pfs ingest`: a deal's feeds read into a snapshot."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from payforsuccess.cli.command import DAY, Command, gives_json, takes_deal
from payforsuccess.cli.printing import show
from payforsuccess.cli.progress import tell
from payforsuccess.runs.run.deliver import ingest


@click.command("ingest", cls=Command)
@takes_deal
@click.option(
    "--as-of", type=DAY, help="The day it is done for; the day after the data end if left out."
)
@click.option("--purpose", help="What the records are read for; every agreement must be for that.")
@click.option(
    "--accept-changes",
    "accepted",
    multiple=True,
    metavar="FEED",
    help="A feed that may look otherwise than at its last load; may be given several times.",
)
@gives_json
def command(
    deal: Path, as_of: date | None, purpose: str | None, accepted: tuple[str, ...], as_json: bool
) -> None:
    """Read the agencies' files into a snapshot.

    Each feed is read under its agreement: a column that it does not permit is never read, and one
    that has expired stops the work. The rows are kept under out/snapshots/, named by what they
    hold, and a report on their quality is written under out/quality/. Needs the extra `analysis`.
    """
    found = ingest(deal, as_of=as_of, purpose=purpose, accept_changes=accepted, tell=tell)
    show(found, as_json=as_json)
