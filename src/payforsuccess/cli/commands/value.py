"""`pfs value`: what outcomes are worth to each budget."""

from __future__ import annotations

from pathlib import Path

import click

from payforsuccess.cli.command import Command, gives_json, takes_deal
from payforsuccess.cli.finance import ends, takes_assumptions, takes_draws
from payforsuccess.cli.progress import count
from payforsuccess.runs.finance.value import value


@click.command("value", cls=Command)
@takes_deal
@takes_assumptions
@takes_draws(worlds=16_384, scrambles=8)
@gives_json
def command(
    deal: Path,
    assumptions: Path | None,
    worlds: int,
    scrambles: int,
    seed: int,
    as_json: bool,
) -> int:
    """Say what outcomes are worth to each budget, and what was realised.

    Reads value.yaml beside the deal: what each outcome changes in the budget of each agency, level
    of government and fund, with its sign. Avoided, cashable and paid by budget, never netted with
    each other; who pays against who saves; projected, verified and realised side by side; and how
    far the programme's cost is offset, with its range over many worlds. Needs the extra `analysis`.
    """
    found = value(
        deal,
        assumptions=assumptions,
        worlds=worlds,
        scrambles=scrambles,
        seed=seed,
        count=count,
    )
    return ends(found, (), as_json=as_json)
