"""`pfs plan`: the studies of a deal before they start."""

from __future__ import annotations

from pathlib import Path

import click

from payforsuccess.cli.command import FILE, Command, gives_json, takes_deal
from payforsuccess.cli.finance import takes_assumptions, takes_case
from payforsuccess.cli.printing import show
from payforsuccess.cli.progress import count
from payforsuccess.deal.assumptions import Case
from payforsuccess.runs.plan.plan import plan


@click.command("plan", cls=Command)
@takes_deal
@takes_assumptions
@takes_case
@click.option(
    "--studies",
    type=click.IntRange(2, 2**24),
    default=65_536,
    show_default=True,
    help="How many studies are drawn at each true effect.",
)
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=1,
    show_default=True,
    help="One seed gives one set of draws.",
)
@click.option(
    "--to", type=FILE, metavar="FILE", help="Also write it as a page: .html, .pdf or .docx."
)
@gives_json
def command(
    deal: Path,
    assumptions: Path | None,
    case: Case,
    studies: int,
    seed: int,
    to: Path | None,
    as_json: bool,
) -> None:
    """Say what a study can show, and how likely the deal pays rightly on it.

    For each plan that an outcome rests on: power, the smallest effect it can show, and the people
    it needs; then many studies drawn at no effect, at break-even, at the target and along a curve,
    each brought through the plan's decision rule and paid by the deal's own terms. Studies are
    described under `studies` in assumptions.yaml. Needs the extra `analysis`.
    """
    found = plan(
        deal, assumptions=assumptions, case=case, studies=studies, seed=seed, to=to, count=count
    )
    show(found, as_json=as_json)
