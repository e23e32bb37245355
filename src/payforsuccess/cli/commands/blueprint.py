"""`pfs blueprint`: the blueprint report."""

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
from payforsuccess.cli.finance import ends
from payforsuccess.cli.printing import show
from payforsuccess.runs.blueprint.blueprint import blueprint, issue_blueprint, reopen_blueprint


@click.command("blueprint", cls=Command)
@click.argument("initiative", type=FILE, metavar="[INITIATIVE]", default=".")
@writes_documents
@click.option("--issue", is_flag=True, help="Issue it as the next version, kept and never changed.")
@click.option("--version", "number", type=click.IntRange(1), help="Open this issued version again.")
@takes_as_of
@gives_json
def command(
    initiative: Path,
    to: tuple[Path, ...],
    issue: bool,
    number: int | None,
    as_of: date | None,
    as_json: bool,
) -> int:
    """Write the blueprint report, or issue it once it is whole.

    Reads blueprint.yaml beside initiative.yaml, and deal.yaml and budget.yaml where they are. The
    report has its parts a to d in order, the Board's directions and clock, the advisory group, the
    priority initiative, protocols and lessons. A draft marks what is empty and what is open.

    --issue refuses while a part lacks something, and says what. Issued versions lie under
    out/blueprints; --version shows one, and with --to gives it out byte for byte.
    """
    if issue and number is not None:
        raise click.UsageError("--issue makes a new version; --version opens one that is there.")
    if number is not None:
        show(reopen_blueprint(initiative, number, to=to), as_json=as_json)
        return 0
    now = today()
    on = as_of if as_of is not None else now
    if issue:
        found = issue_blueprint(initiative, on=on, to=to, today=now)
    else:
        found = blueprint(initiative, on=on, to=to)
    return ends(found, found.problems, as_json=as_json)
