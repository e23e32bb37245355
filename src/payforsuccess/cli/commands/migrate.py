"""`pfs migrate`: a deal file brought to the present format."""

from __future__ import annotations

from pathlib import Path

import click

from payforsuccess.cli.command import FILE, Command, gives_json
from payforsuccess.cli.printing import show
from payforsuccess.runs.migrate import migrate


@click.command("migrate", cls=Command)
@click.argument("file", type=FILE, metavar="FILE")
@gives_json
def command(file: Path, as_json: bool) -> None:
    """Bring a deal file to the present format.

    The file says its format in its first key. Format 1 is the first and the present one, so
    today this only says whether a file is in it. Statements made under an older format stay as
    they are and can still be verified.
    """
    show(migrate(file), as_json=as_json)
