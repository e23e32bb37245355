"""`pfs tied`: provider cash as more of its pay hangs on outcomes."""

from __future__ import annotations

from pathlib import Path

import click

from payforsuccess.cli.command import FILE, Command, gives_json, takes_deal
from payforsuccess.cli.printing import show
from payforsuccess.runs.finance.tied import tied


@click.command("tied", cls=Command)
@takes_deal
@click.option(
    "--assumptions", type=FILE, help="The file with assumptions; assumptions.yaml if left out."
)
@gives_json
def command(deal: Path, assumptions: Path | None, as_json: bool) -> int:
    """Show the provider's cash as more of its pay hangs on outcomes.

    From nothing to all of it, with what the contract pays in all in the base case held still: base
    pay, success payments, and the working capital that the provider needs, in the base and the low
    case. For deals without investors, with a withheld fee, or with part of a contract on outcomes.
    """
    show(tied(deal, assumptions=assumptions), as_json=as_json)
    return 0
