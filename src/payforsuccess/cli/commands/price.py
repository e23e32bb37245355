"""`pfs price`: the price at which a target is met."""

from __future__ import annotations

from pathlib import Path

import click

from payforsuccess.cli.command import Command, gives_json, takes_deal
from payforsuccess.cli.finance import ends, takes_assumptions, takes_case, takes_draws
from payforsuccess.cli.progress import tell
from payforsuccess.deal.assumptions import Case
from payforsuccess.runs.finance.price import price


@click.command("price", cls=Command)
@takes_deal
@click.option(
    "--target",
    required=True,
    metavar="TARGET",
    help="rate=5%, multiple=1.05, paid=1000000 (whole units), or paid=value.",
)
@click.option(
    "--of",
    default="all",
    show_default=True,
    metavar="TRANCHE",
    help="Whose rate or multiple; all who gave capital if left out.",
)
@click.option(
    "--term",
    "terms",
    multiple=True,
    metavar="NAME",
    help="Move only the prices of this payment term; may be given again. All if left out.",
)
@takes_assumptions
@takes_case
@takes_draws(worlds=16_384, scrambles=8)
@gives_json
def command(
    deal: Path,
    target: str,
    of: str,
    terms: tuple[str, ...],
    assumptions: Path | None,
    case: Case,
    worlds: int,
    scrambles: int,
    seed: int,
    as_json: bool,
) -> int:
    """Solve for the price that meets a target, or say why none does.

    All prices (or those of the terms named) are multiplied by one factor, and every try is priced
    on the same draws. With paid=value the target is what value.yaml beside the deal says outcomes
    are worth to the payors: their break-even. The deal file is not changed. A price at which the
    return passes the jurisdiction's limit ends with exit code 10. Needs the extra `analysis`.
    """
    found = price(
        deal,
        target=target,
        of=of,
        terms=terms,
        assumptions=assumptions,
        case=case,
        worlds=worlds,
        scrambles=scrambles,
        seed=seed,
        tell=tell,
    )
    return ends(found, found.problems, as_json=as_json)
