"""`pfs gate`: what each gate of the lifecycle still needs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from payforsuccess.cli.command import FILE, Command, gives_json, takes_as_of, today
from payforsuccess.cli.finance import ends
from payforsuccess.runs.initiative.gate import gate


@click.command("gate", cls=Command)
@click.argument("initiative", type=FILE, metavar="[INITIATIVE]", default=".")
@click.option("--stage", metavar="NAME", help="The gate of this stage instead of the next ones.")
@click.option("--all", "every", is_flag=True, help="Every gate of the lifecycle.")
@takes_as_of
@gives_json
def command(
    initiative: Path, stage: str | None, every: bool, as_of: date | None, as_json: bool
) -> int:
    """Say what each gate still needs before an initiative may move on.

    Reads initiative.yaml, and beside it concept.yaml, solicitation.yaml, capacity.yaml,
    lifecycle.yaml and the deal with its assumptions and budget, where they are. Each condition
    comes with the requirement it rests on, what was found, and what to do. What stands on record
    and must not be, such as a chair who is not of a payor or a move past a closed gate, ends with
    exit code 10; a condition that is not met yet does not.
    """
    on = as_of if as_of is not None else today()
    found = gate(initiative, on=on, stage=stage, every=every)
    return ends(found, found.problems, as_json=as_json)
