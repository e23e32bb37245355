"""`pfs new`: a deal folder from a template."""

from __future__ import annotations

from pathlib import Path

import click

from payforsuccess.cli.command import FILE, Command, gives_json
from payforsuccess.cli.printing import show
from payforsuccess.runs.new import TEMPLATES, new


@click.command(
    "new",
    cls=Command,
    epilog="Templates: " + "; ".join(f"{name} ({says})" for name, says in TEMPLATES.items()) + ".",
)
@click.argument("folder", type=FILE, metavar="DIR")
@click.option(
    "--template",
    type=click.Choice(list(TEMPLATES)),
    required=True,
    help="What to start from.",
)
@gives_json
def command(folder: Path, template: str, as_json: bool) -> None:
    """Write a new deal folder from a template.

    DIR is a new or empty folder. What is written is a whole deal that passes `pfs check`, with
    made-up names, prices and results to be replaced, and a README that says how.
    """
    show(new(folder, template=template), as_json=as_json)
