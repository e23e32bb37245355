"""`pfs compare`: two ways a deal may go, on the same draws."""

from __future__ import annotations

from pathlib import Path

import click

from payforsuccess.cli.command import FILE, Command, gives_json
from payforsuccess.cli.finance import takes_case, takes_draws
from payforsuccess.cli.printing import show
from payforsuccess.cli.progress import tell
from payforsuccess.deal.assumptions import Case
from payforsuccess.runs.finance.compare import compare


@click.command("compare", cls=Command)
@click.argument("deals", type=FILE, metavar="DEAL...", nargs=-1, required=True)
@click.option(
    "--assumptions",
    type=FILE,
    multiple=True,
    help="A file with assumptions, for both sides; given twice, for the first and the second.",
)
@takes_case
@takes_draws(worlds=16_384, scrambles=8)
@gives_json
def command(
    deals: tuple[Path, ...],
    assumptions: tuple[Path, ...],
    case: Case,
    worlds: int,
    scrambles: int,
    seed: int,
    as_json: bool,
) -> None:
    """Compare two deals, assumptions or versions on the same draws.

    Two deals: each with its own assumptions, or both with the file named. One deal with two files:
    each file in turn. One deal with one: its first version and its latest. What differs between the
    two is told with the error of the difference, which common draws make small. Needs the extra
    `analysis`.
    """
    found = compare(
        deals,
        assumptions=assumptions,
        case=case,
        worlds=worlds,
        scrambles=scrambles,
        seed=seed,
        tell=tell,
    )
    show(found, as_json=as_json)
