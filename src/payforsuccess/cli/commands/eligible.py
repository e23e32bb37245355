"""`pfs eligible`: the eligibility rule on sample records."""

from __future__ import annotations

from pathlib import Path

import click

from payforsuccess.cli.command import FILE, Command, gives_json, needs_deal
from payforsuccess.cli.printing import show
from payforsuccess.runs.track.eligible import eligible


@click.command("eligible", cls=Command)
@needs_deal
@click.argument("records", type=FILE, metavar="FILE")
@gives_json
def command(deal: Path, records: Path, as_json: bool) -> None:
    """Try the eligibility rule on sample records.

    FILE is a CSV with a column for each field of the rule and a row for each person. Each row comes
    out as eligible or not, with the clauses that fail, or as one that cannot be told, with the
    clauses that need a fact not known. Nothing of a person but the row's number is printed.
    """
    show(eligible(deal, records), as_json=as_json)
