"""`pfs programmes`: preventive or remedial, and what it adds up to."""

from __future__ import annotations

from pathlib import Path

import click

from payforsuccess.cli.command import FILE, Command, gives_json, writes_documents
from payforsuccess.cli.finance import ends
from payforsuccess.runs.selection.programmes import programmes
from payforsuccess.units import CURRENCY_DIGITS


@click.command("programmes", cls=Command)
@click.argument("lines", type=FILE, metavar="LINES")
@click.option("--ledger", type=FILE, metavar="FILE", help="The ledger's totals to hold it against.")
@click.option(
    "--currency",
    type=click.Choice(sorted(CURRENCY_DIGITS)),
    default="USD",
    show_default=True,
    metavar="CODE",
    help="The currency of the amounts.",
)
@writes_documents
@gives_json
def command(
    lines: Path, ledger: Path | None, currency: str, to: tuple[Path, ...], as_json: bool
) -> int:
    """Add up programme and funding lines, preventive and remedial.

    Reads a CSV or XLSX file with the columns department, programme, area, fund, fiscal_year, label
    (preventive or remedial) and amount. Totals by label, department, policy area and year. With a
    ledger (department, fiscal_year, amount) every difference is shown and ends with exit code 10.
    """
    found = programmes(lines, ledger=ledger, currency=currency, to=to)
    return ends(found, found.problems, as_json=as_json)
