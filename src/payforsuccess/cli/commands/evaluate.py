"""`pfs evaluate`: the effects that the plans estimate."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from payforsuccess.cli.command import DAY, FILE, Command, gives_json, takes_deal
from payforsuccess.cli.printing import show
from payforsuccess.cli.progress import tell
from payforsuccess.runs.run.deliver import evaluate


@click.command("evaluate", cls=Command)
@takes_deal
@click.option(
    "--as-of", type=DAY, help="The day it is done for; the day after the data end if left out."
)
@click.option(
    "--to", type=FILE, metavar="FILE", help="Keep the results in this file, to be determined."
)
@gives_json
def command(deal: Path, as_of: date | None, to: Path | None, as_json: bool) -> None:
    """Estimate the effects as the plans say.

    Reads the feeds and gives, for each plan that an outcome rests on, the groups, the effect with
    its interval, and the plan's one test. The results are provisional until someone determines
    them. Needs the extra `analysis`.
    """
    show(evaluate(deal, as_of=as_of, to=to, tell=tell), as_json=as_json)
