"""`pfs assess`: how ready a concept is."""

from __future__ import annotations

from pathlib import Path

import click

from payforsuccess.cli.command import FILE, Command, gives_json, writes_documents
from payforsuccess.cli.printing import show
from payforsuccess.runs.selection.assess import assess


@click.command("assess", cls=Command)
@click.argument("concept", type=FILE, metavar="[CONCEPT]", default=".")
@writes_documents
@gives_json
def command(concept: Path, to: tuple[Path, ...], as_json: bool) -> None:
    """Say how ready a concept is, by a versioned set of criteria.

    Reads concept.yaml: whom it is for, what is done, and each assessor's scores with the evidence
    seen. Shows total and band, knock-outs whatever the total, the share of weight on good
    evidence, how far assessors differ, and what to do where it is weak.
    """
    show(assess(concept, to=to), as_json=as_json)
