"""`pfs learn`: what was learned."""

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
from payforsuccess.cli.progress import tell
from payforsuccess.runs.learn.learn import learn


@click.command("learn", cls=Command)
@click.argument("folder", type=FILE, metavar="[FOLDER]", default=".")
@click.option(
    "--what-works", is_flag=True, help="Read the deal's records: what works by site and practice."
)
@takes_as_of
@writes_documents
@gives_json
def command(
    folder: Path, what_works: bool, as_of: date | None, to: tuple[Path, ...], as_json: bool
) -> None:
    """Say what was learned, of one initiative or of many.

    Reads initiative.yaml, deal.yaml and stream.yaml of a folder, or of each folder in it: targets,
    stages, use of the blueprint, capital, effort, documents taken over, learning notes, dollars
    under outcomes terms, and peers. With --what-works it reads one deal's feeds and sets its sites
    and practices side by side; this needs the extra `analysis`.
    """
    on = as_of if as_of is not None else today()
    show(learn(folder, on=on, what_works=what_works, to=to, tell=tell), as_json=as_json)
