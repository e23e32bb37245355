"""`pfs replay`: a recorded run, done again and compared."""

from __future__ import annotations

from pathlib import Path

import click

from payforsuccess.cli.command import FILE, Command, gives_json
from payforsuccess.cli.printing import show
from payforsuccess.cli.progress import tell
from payforsuccess.errors import EXIT_FINE, EXIT_PROBLEMS
from payforsuccess.runs.run.replay import replay


@click.command("replay", cls=Command)
@click.argument("run", type=FILE, metavar="RUN")
@gives_json
def command(run: Path, as_json: bool) -> int:
    """Do a recorded run again and name the first difference.

    RUN is the folder of a run, in out/runs/ of its deal, or of a look ahead, such as in
    out/forecast/. It is done again from the deal, the feeds and the assumptions as they are now;
    the old one is left as it is. Ends with exit code 10 when a result does
    not come out again.
    """
    found = replay(run, tell=tell)
    if as_json:
        plain = {"run": found.run, "is_same": found.is_same, "compared": found.compared}
        show(plain, as_json=True)
    else:
        show(found)
    return EXIT_FINE if found.is_same else EXIT_PROBLEMS
