"""`pfs equity`: rates by group, with small numbers hidden."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from payforsuccess.cli.command import DAY, FILE, Command, gives_json, takes_deal
from payforsuccess.cli.printing import show
from payforsuccess.cli.progress import tell
from payforsuccess.runs.measure.equity import equity


@click.command("equity", cls=Command)
@takes_deal
@click.option("--release", is_flag=True, help="Record the tables as given out.")
@click.option(
    "--as-of", type=DAY, help="The day it is done for; the day after the data end if left out."
)
@click.option("--to", type=FILE, metavar="FILE", help="Where to write; out/equity/ if left out.")
@gives_json
def command(deal: Path, release: bool, as_of: date | None, to: Path | None, as_json: bool) -> None:
    """Show referral, draw, take-up, exit, match and outcomes by group.

    The groups are the facts that the deal lists under `equity`, and the site. Numbers of few people
    are hidden, with whatever would tell them, also against every release before. DEAL is a deal's
    folder. Needs the extra `analysis`.
    """
    show(equity(deal, as_of=as_of, release=release, to=to, tell=tell), as_json=as_json)
