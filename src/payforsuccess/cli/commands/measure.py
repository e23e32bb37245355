"""`pfs measure`: what records say of each outcome."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from payforsuccess.cli.command import DAY, FILE, Command, gives_json, takes_deal
from payforsuccess.cli.printing import show
from payforsuccess.cli.progress import tell
from payforsuccess.runs.run.deliver import measure


@click.command("measure", cls=Command)
@takes_deal
@click.option(
    "--as-of", type=DAY, help="The day it is done for; the day after the data end if left out."
)
@click.option(
    "--to", type=FILE, metavar="FILE", help="Keep the results in this file, to be determined."
)
@gives_json
def command(deal: Path, as_of: date | None, to: Path | None, as_json: bool) -> None:
    """Measure the outcomes in the records.

    Reads the feeds and gives what each measured outcome came to, period by period. A period in
    which someone is not yet observed to the end has no result. The results are provisional until
    someone determines them. Needs the extra `analysis`.
    """
    show(measure(deal, as_of=as_of, to=to, tell=tell), as_json=as_json)
