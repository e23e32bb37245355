"""`pfs capital`: where the up-front money stands."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from payforsuccess.cli.command import FILE, Command, gives_json, takes_as_of, takes_deal, today
from payforsuccess.cli.printing import show, show_problems
from payforsuccess.errors import EXIT_PROBLEMS
from payforsuccess.runs.finance.capital import capital


@click.command("capital", cls=Command)
@takes_deal
@takes_as_of
@click.option("--record", type=FILE, help="The record of capital; capital.yaml if left out.")
@click.option("--pack", is_flag=True, help="Write the investors' page of the quarter.")
@gives_json
def command(deal: Path, as_of: date | None, record: Path | None, pack: bool, as_json: bool) -> int:
    """Show where capital stands: balances, next draw, defaults, the bank.

    Reads capital.yaml beside the deal: closing, calls with certificates, costs paid, payments
    received and paid out, bank balances, tests, notices, votes. Balances come on actual days from
    the engine that looks ahead. A difference between bank and book ends with exit code 10.
    """
    found = capital(deal, as_of=as_of or today(), record=record, pack=pack)
    show(found, as_json=as_json)
    if found.problems:
        if not as_json:
            show_problems(found.problems)
        return EXIT_PROBLEMS
    return 0
