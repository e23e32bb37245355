"""`pfs simulate-county`: the records of a made-up county, and the truth about it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from payforsuccess.cli.command import DAY, FILE, Command, gives_json
from payforsuccess.cli.printing import show
from payforsuccess.cli.progress import count
from payforsuccess.runs.simulate_county import EFFECT, ENROLS_FROM, RETENTION, simulate_county


@click.command("simulate-county", cls=Command)
@click.option("--people", type=int, required=True, help="How many people, 1,000 to 10,000,000.")
@click.option("--seed", type=int, required=True, help="A whole number; the same gives the same.")
@click.option(
    "--to",
    "folder",
    type=FILE,
    metavar="DIR",
    required=True,
    help="The folder; it may hold a deal.",
)
@click.option(
    "--enrolled",
    type=int,
    help="How many are offered the programme; one in forty people if left out.",
)
@click.option(
    "--effect", type=float, default=EFFECT, help="Share of jail stays prevented.", show_default=True
)
@click.option(
    "--retention",
    type=float,
    default=RETENTION,
    help="Share of those housed who keep the home for 12 months.",
    show_default=True,
)
@click.option(
    "--starts",
    type=DAY,
    default=ENROLS_FROM.isoformat(),
    help="First day of referrals, which go on for two years.",
    show_default=True,
)
@click.option(
    "--as-of",
    type=DAY,
    help="Day of the extracts, late rows missing; half a year after the end if left out.",
)
@gives_json
def command(
    people: int,
    seed: int,
    folder: Path,
    enrolled: int | None,
    effect: float,
    retention: float,
    starts: date,
    as_of: date | None,
    as_json: bool,
) -> None:
    """Write the records of a made-up county.

    Nobody in it exists. The files come as the jail, the courts, the homeless services, the health
    department and others would send them, errors, aliases and late rows included; what really
    happened, and who is who, is written beside them. Records run from two years before the first
    referral to five years after it. Needs the extra `analysis`.
    """
    made = simulate_county(
        folder,
        people=people,
        seed=seed,
        enrolled=enrolled,
        effect=effect,
        retention=retention,
        starts=starts,
        as_of=as_of,
        count=count,
    )
    show(made, as_json=as_json)
