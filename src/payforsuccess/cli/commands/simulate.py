"""`pfs simulate`: the risk of a deal, from many worlds."""

from __future__ import annotations

from pathlib import Path

import click

from payforsuccess.cli.command import Command, gives_json, takes_deal
from payforsuccess.cli.finance import ends, takes_assumptions, takes_case, takes_draws
from payforsuccess.cli.progress import count
from payforsuccess.deal.assumptions import Case
from payforsuccess.runs.finance.simulate import simulate


@click.command("simulate", cls=Command)
@takes_deal
@takes_assumptions
@takes_case
@takes_draws(worlds=16_384, scrambles=8)
@gives_json
def command(
    deal: Path,
    assumptions: Path | None,
    case: Case,
    worlds: int,
    scrambles: int,
    seed: int,
    as_json: bool,
) -> int:
    """Simulate what payors, investors and provider may see.

    Draws many worlds around a case, as assumptions.yaml says how far each number may lie from it,
    and takes each through the deal's own payment terms and order of repayment. All figures come
    from the same draws. A return of the mean flows above the jurisdiction's limit ends with exit
    code 10 unless the deal records a waiver. Needs the extra `analysis`.
    """
    found = simulate(
        deal,
        assumptions=assumptions,
        case=case,
        worlds=worlds,
        scrambles=scrambles,
        seed=seed,
        count=count,
    )
    return ends(found, found.problems, as_json=as_json)
