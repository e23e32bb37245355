"""`pfs run`: from agency records to statement and report."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from payforsuccess.cli.command import DAY, Command, gives_json, takes_deal
from payforsuccess.cli.printing import show
from payforsuccess.cli.progress import tell
from payforsuccess.runs.run.run import run


@click.command("run", cls=Command)
@takes_deal
@click.option(
    "--as-of", type=DAY, help="The day it is done for; the day after the data end if left out."
)
@click.option(
    "--period", type=int, metavar="N", help="The period; the last with a result if left out."
)
@gives_json
def command(deal: Path, as_of: date | None, period: int | None, as_json: bool) -> None:
    """Do all of it: from agency records to statement and report.

    Reads the feeds under their agreements, keeps a snapshot, measures the outcomes, estimates the
    effects, and makes the statement and a report, all in a folder of their own under out/runs/.
    A deal that is no signed contract is run for practice and labelled so. Needs the extra
    `analysis`.
    """
    done = run(deal, as_of=as_of, period=period, tell=tell)
    if not as_json:
        show(done)
        return
    plain = {
        "run": done.name,
        "folder": done.folder,
        "report": done.report,
        "is_practice": done.is_practice,
        "statement": done.statement,
        "estimates": done.estimates,
        "findings": done.findings,
        "record": done.record,
    }
    show(plain, as_json=True)
