"""`pfs diff`: what an amendment changes."""

from __future__ import annotations

from pathlib import Path

import click

from payforsuccess.cli.command import FILE, Command, gives_json
from payforsuccess.cli.printing import show
from payforsuccess.runs.diff import diff


@click.command("diff", cls=Command)
@click.argument("old", type=FILE, metavar="OLD")
@click.argument("new", type=FILE, metavar="NEW")
@click.option("--results", type=FILE, help="Results at which both are paid, to compare the money.")
@gives_json
def command(old: Path, new: Path, results: Path | None, as_json: bool) -> None:
    """Say what an amendment changes, in words and in money.

    OLD and NEW are deal files. Each change is named with whose money, data, duty or plan it
    touches, and with the consents that it needs and that are on record.
    """
    show(diff(old, new, results=results), as_json=as_json)
