"""`pfs verify`: a statement computed again from its bundle."""

from __future__ import annotations

from pathlib import Path

import click

from payforsuccess.cli.command import FILE, Command, gives_json
from payforsuccess.cli.printing import show
from payforsuccess.errors import EXIT_FINE, EXIT_PROBLEMS
from payforsuccess.runs.statement.verify import verify


@click.command("verify", cls=Command)
@click.argument("file", type=FILE, metavar="FILE")
@gives_json
def command(file: Path, as_json: bool) -> int:
    """Compute a statement again from its bundle.

    Every amount is computed anew and compared; records that were changed, left out or exchanged
    are named. Ends with exit code 10 when something does not hold.
    """
    found = verify(file)
    if as_json:
        plain = {
            "statement": found.statement,
            "fingerprint": found.statement.fingerprint,
            "checks": found.checks,
            "holds": found.holds,
        }
        show(plain, as_json=True)
    else:
        show(found)
    return EXIT_FINE if found.holds else EXIT_PROBLEMS
