"""`pfs forecast`: what a deal may cost and bring."""

from __future__ import annotations

from pathlib import Path

import click

from payforsuccess.cli.command import FILE, Command, gives_json, takes_deal
from payforsuccess.cli.printing import show, show_problems
from payforsuccess.errors import EXIT_PROBLEMS
from payforsuccess.runs.finance.forecast import forecast


@click.command("forecast", cls=Command)
@takes_deal
@click.option(
    "--assumptions", type=FILE, help="The file with assumptions; assumptions.yaml if left out."
)
@gives_json
def command(deal: Path, assumptions: Path | None, as_json: bool) -> int:
    """Look ahead: people, payments, cash, returns and liability in three cases.

    The deal's own payment terms price what assumptions.yaml beside it says of people, costs and
    outcomes; the deal's own order of repayment pays it out. Results determined so far stand in
    place of what is assumed. A return above the jurisdiction's limit ends with exit code 10 unless
    the deal records a waiver.
    """
    found = forecast(deal, assumptions=assumptions)
    show(found, as_json=as_json)
    if found.problems:
        show_problems(found.problems, as_json=as_json)
        return EXIT_PROBLEMS
    return 0
