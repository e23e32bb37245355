"""`pfs registers`: one of the registers of an initiative."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from payforsuccess.cli.command import (
    FILE,
    Command,
    gives_json,
    takes_as_of,
    today,
    writes_documents,
)
from payforsuccess.cli.printing import show
from payforsuccess.runs.initiative.registers import register, register_kinds


@click.command("registers", cls=Command)
@click.argument("name", metavar="[NAME]", required=False)
@click.argument("initiative", type=FILE, metavar="[INITIATIVE]", default=".")
@writes_documents
@takes_as_of
@gives_json
def command(
    name: str | None, initiative: Path, to: tuple[Path, ...], as_of: date | None, as_json: bool
) -> None:
    """Show a register of an initiative as it stands on a day.

    NAME is the register; without one, every register is listed. Reads initiative.yaml, and beside
    it deal.yaml and capacity.yaml where they are. Clocks, days and standings are worked out anew
    each time: who was told in time, what ends soon, the critical path to data, which lever blocks.
    """
    if name is None:
        show(register_kinds(), as_json=as_json)
        return
    on = as_of if as_of is not None else today()
    show(register(name, initiative, on=on, to=to), as_json=as_json)
