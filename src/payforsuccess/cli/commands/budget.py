"""`pfs budget`: what payors may owe, and what is provided for it."""

from __future__ import annotations

from pathlib import Path

import click

from payforsuccess.cli.command import Command, gives_json, takes_deal
from payforsuccess.cli.finance import ends, takes_assumptions
from payforsuccess.runs.finance.budget import budget, budget_year_end


@click.command("budget", cls=Command)
@takes_deal
@click.option(
    "--year-end",
    type=click.IntRange(1900, 2999),
    metavar="YEAR",
    help="The schedule of this fiscal year at its end instead.",
)
@takes_assumptions
@gives_json
def command(deal: Path, year_end: int | None, assumptions: Path | None, as_json: bool) -> int:
    """Set what payors may owe against what is provided for it.

    Reads budget.yaml beside the deal: funds, sources of money, what moved, requests for more. By
    payor and department: expected, low, high and at most, appropriated, planned and set aside, the
    reserve ledger, a sinking fund, money under outcomes terms, votes that requests need, and what
    the public bears without success. Requests with too few votes, departments that do not net to
    their appropriation, and federal money above an outcome's value end with exit code 10.
    """
    if year_end is not None:
        return ends(budget_year_end(deal, year_end, assumptions=assumptions), (), as_json=as_json)
    found = budget(deal, assumptions=assumptions)
    return ends(found, found.problems, as_json=as_json)
