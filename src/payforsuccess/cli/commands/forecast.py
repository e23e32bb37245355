"""`pfs forecast`: what a deal may cost and bring."""

from __future__ import annotations

from pathlib import Path

import click

from payforsuccess.cli.command import FILE, Command, gives_json, takes_deal
from payforsuccess.cli.finance import ends, takes_assumptions
from payforsuccess.deal.assumptions import Case
from payforsuccess.runs.finance.forecast import forecast


@click.command("forecast", cls=Command)
@takes_deal
@takes_assumptions
@click.option("--full", "is_full", is_flag=True, help="Print every table of every case.")
@click.option(
    "--xlsx", type=FILE, help="Also write one case as a workbook of formulas to this file (.xlsx)."
)
@click.option(
    "--case",
    type=click.Choice(["low", "base", "high"]),
    default="base",
    show_default=True,
    help="The case of the workbook.",
)
@gives_json
def command(
    deal: Path,
    assumptions: Path | None,
    is_full: bool,
    xlsx: Path | None,
    case: Case,
    as_json: bool,
) -> int:
    """Look ahead: people, payments, cash, returns and liability.

    In three cases, the deal's own payment terms price what assumptions.yaml beside it says of
    people, costs and outcomes, and the deal's own order of repayment pays it out. Results
    determined so far stand in place of what is assumed. Prints the cases side by side, and writes a
    page with pictures and all tables. With `--xlsx`, one case is also written as a workbook for
    people who audit it: inputs are marked, everything else is a live formula. A return above the
    jurisdiction's limit ends with exit code 10 unless the deal records a waiver; then there is no
    workbook. Needs the extra `analysis`.
    """
    found = forecast(deal, assumptions=assumptions, is_full=is_full, xlsx=xlsx, case=case)
    return ends(found, found.problems, as_json=as_json)
