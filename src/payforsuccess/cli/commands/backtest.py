"""`pfs backtest`: the deal's terms paid on people who had no programme."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from payforsuccess.cli.command import DAY, FILE, Command, gives_json, takes_deal
from payforsuccess.cli.printing import show
from payforsuccess.cli.progress import tell
from payforsuccess.runs.plan.backtest import backtest


@click.command("backtest", cls=Command)
@takes_deal
@click.option("--arm", metavar="ARM", help="An arm of the records that had no programme.")
@click.option("--started-from", type=DAY, help="The first day on which the cohort started.")
@click.option("--started-to", type=DAY, help="The last such day, before the deal.")
@click.option(
    "--rows", type=FILE, metavar="FILE", help="Results by person of people without programme."
)
@click.option(
    "--people",
    type=click.IntRange(2, 10_000_000),
    help="Draw so many for each made-up arm, with replacement; the cohort is split if left out.",
)
@click.option(
    "--splits",
    type=click.IntRange(2, 10_000_000),
    default=10_000,
    show_default=True,
    help="How many made-up trials are drawn.",
)
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=1,
    show_default=True,
    help="One seed gives one set of draws.",
)
@click.option(
    "--as-of", type=DAY, help="The day it is done for; the day after the data end if left out."
)
@click.option(
    "--to", type=FILE, metavar="FILE", help="Also write it as a page: .html, .pdf or .docx."
)
@gives_json
def command(
    deal: Path,
    arm: str | None,
    started_from: date | None,
    started_to: date | None,
    rows: Path | None,
    people: int | None,
    splits: int,
    seed: int,
    as_of: date | None,
    to: Path | None,
    as_json: bool,
) -> None:
    """Pay a deal's terms on people who had no programme.

    Measures an arm in the feeds, or people who started before the deal, or takes rows by person: a
    count is paid as it is found; for an effect the cohort is split at random into two made-up arms
    many times, and each is paid. Refuses people whom the deal itself serves. Needs the extra
    `analysis`.
    """
    found = backtest(
        deal,
        arm=arm,
        started_from=started_from,
        started_to=started_to,
        rows=rows,
        people=people,
        splits=splits,
        seed=seed,
        as_of=as_of,
        to=to,
        tell=tell,
    )
    show(found, as_json=as_json)
