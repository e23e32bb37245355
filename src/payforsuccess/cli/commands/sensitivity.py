"""`pfs sensitivity`: which assumption matters most."""

from __future__ import annotations

from pathlib import Path

import click

from payforsuccess.cli.command import Command, gives_json, takes_deal
from payforsuccess.cli.finance import takes_assumptions, takes_draws
from payforsuccess.cli.printing import show
from payforsuccess.cli.progress import tell
from payforsuccess.runs.finance.sensitivity import sensitivity


@click.command("sensitivity", cls=Command)
@takes_deal
@click.option(
    "--figure",
    default="paid",
    show_default=True,
    metavar="FIGURE",
    help="What to look at: paid, worth (paid, at its worth at the start), left, term:NAME, "
    "drawn:TRANCHE, back:TRANCHE, net:PARTY, met:TRIGGER.",
)
@takes_assumptions
@takes_draws(worlds=1_024, scrambles=4)
@gives_json
def command(
    deal: Path,
    figure: str,
    assumptions: Path | None,
    worlds: int,
    scrambles: int,
    seed: int,
    as_json: bool,
) -> None:
    """Show which assumption matters most.

    Moves each assumption with a low or high case from the one to the other, lags and the discount
    rate too, all others as in the base case, and simulates the whole deal anew on the same draws.
    Prints the widest first, and writes a page with a picture. Needs the extra `analysis`.
    """
    found = sensitivity(
        deal,
        figure=figure,
        assumptions=assumptions,
        worlds=worlds,
        scrambles=scrambles,
        seed=seed,
        tell=tell,
    )
    show(found, as_json=as_json)
