"""`pfs explain`: the deal read aloud."""

from __future__ import annotations

from pathlib import Path

import click

from payforsuccess.cli.command import Command, gives_json, takes_deal
from payforsuccess.cli.printing import show
from payforsuccess.runs.explain import explain


@click.command("explain", cls=Command)
@takes_deal
@gives_json
def command(deal: Path, as_json: bool) -> None:
    """Print a whole deal in plain words.

    The sentences are made from the same rules that compute payments. Read them beside the
    contract: where they say something else, the file is wrong.
    """
    show(explain(deal), as_json=as_json)
