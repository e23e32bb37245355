"""`pfs stream`: one set of terms over many contracts."""

from __future__ import annotations

from pathlib import Path

import click

from payforsuccess.cli.command import FILE, Command, gives_json
from payforsuccess.cli.printing import show
from payforsuccess.runs.finance.stream import stream


@click.command("stream", cls=Command)
@click.argument("folder", type=FILE, metavar="[FOLDER]", default=".")
@gives_json
def command(folder: Path, as_json: bool) -> int:
    """Look ahead over a funding stream: one set of terms, many contracts.

    Reads stream.yaml: the deal file with the terms, and each provider's contract with what it pays
    by year, as base, withhold or bonus, and its own assumptions and results. Shows each contract
    and the stream's total, and the share of dollars under outcomes terms.
    """
    show(stream(folder), as_json=as_json)
    return 0
