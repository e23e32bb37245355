"""`pfs wind-down`: what the early end of a deal comes to."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import click

from payforsuccess.cli.command import DAY, FILE, Command, gives_json, takes_deal
from payforsuccess.cli.printing import show
from payforsuccess.runs.finance.wind_down import wind_down
from payforsuccess.units import exact


@click.command("wind-down", cls=Command)
@takes_deal
@click.option("--event", required=True, metavar="NAME", help="The termination event of the deal.")
@click.option("--on", type=DAY, required=True, help="The day the deal ends.")
@click.option("--by", metavar="PARTY", help="Who calls it; needed where several may.")
@click.option(
    "--told-on",
    type=DAY,
    help="The day notice was given; as capital.yaml records it if left out.",
)
@click.option("--results", type=FILE, help="Results to pay on; those of the deal if left out.")
@click.option("--people", type=FILE, help="A CSV list of people in service.")
@click.option("--wind-up-costs", metavar="AMOUNT", help="What winding up costs.")
@click.option(
    "--not-measured", type=click.IntRange(min=0), help="How many people are not measured yet."
)
@gives_json
def command(
    deal: Path,
    event: str,
    on: date,
    by: str | None,
    told_on: date | None,
    results: Path | None,
    people: Path | None,
    wind_up_costs: str | None,
    not_measured: int | None,
    as_json: bool,
) -> int:
    """Say what the early end of a deal brings, and who is still served.

    The sum due step by step, who gets it, and what becomes of the records. Drafts the statements
    still to be made and issues none. What was drawn and repaid comes from capital.yaml. A day
    before notice and time to put it right have run out is refused, with the first possible day. A
    list of people still served is written for its owner alone.
    """
    found = wind_down(
        deal,
        event=event,
        on=on,
        by=by,
        told_on=told_on,
        results=results,
        people=people,
        wind_up_costs=_amount(wind_up_costs),
        not_measured=not_measured,
    )
    show(found, as_json=as_json)
    return 0


def _amount(text: str | None) -> Fraction | None:
    if text is None:
        return None
    try:
        amount = exact(text)
    except ValueError:
        amount = Fraction(-1)
    if amount < 0:
        raise click.BadParameter("write an amount in digits, such as 25000 or 25000.50")
    return amount
