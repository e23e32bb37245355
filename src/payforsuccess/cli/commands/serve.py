"""`pfs serve`: the web application."""

from __future__ import annotations

from pathlib import Path

import click

from payforsuccess.cli.command import FILE, Command
from payforsuccess.runs.serve import serve


@click.command("serve", cls=Command)
@click.option(
    "--home",
    type=FILE,
    default=Path("pfs-home"),
    metavar="DIR",
    help="The folder that holds everything it keeps; pfs-home here if left out.",
)
@click.option("--demo", is_flag=True, help="Make a made-up county there first, to look around in.")
@click.option("--host", default="127.0.0.1", help="The address it listens on: this machine alone.")
@click.option("--port", type=int, default=8000, help="The port it listens on; 8000 if left out.")
@click.option("--workers", type=int, default=2, help="How many processes answer; 2 if left out.")
def command(home: Path, demo: bool, host: str, port: int, workers: int) -> None:
    """Serve the web application to browsers, until it is stopped.

    With --demo it makes a county of made-up people, with an account for each role, and takes a
    minute the first time. Without it the settings of an installation for real people hold: keys
    in DIR, HTTPS in front. Needs the extras `analysis`, `documents` and `web`.
    """
    serve(home=home, is_demo=demo, host=host, port=port, workers=workers)
