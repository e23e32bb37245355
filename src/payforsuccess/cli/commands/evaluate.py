"""`pfs evaluate`: the effects that the plans estimate."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from payforsuccess.cli.command import DAY, FILE, Command, gives_json, takes_deal
from payforsuccess.cli.printing import show
from payforsuccess.cli.progress import tell
from payforsuccess.runs.run.deliver import evaluate


@click.command("evaluate", cls=Command)
@takes_deal
@click.option(
    "--as-of", type=DAY, help="The day it is done for; the day after the data end if left out."
)
@click.option(
    "--to", type=FILE, metavar="FILE", help="Keep the results in this file, to be determined."
)
@click.option(
    "--report",
    type=FILE,
    multiple=True,
    metavar="FILE",
    help="Write the evaluator's report to this file, by its name HTML, PDF or DOCX; more than "
    "once for more.",
)
@click.option(
    "--small-numbers", is_flag=True, help="Write the report for those who may see small numbers."
)
@gives_json
def command(
    deal: Path,
    as_of: date | None,
    to: Path | None,
    report: tuple[Path, ...],
    small_numbers: bool,
    as_json: bool,
) -> None:
    """Estimate the effects as the plans say.

    Reads the feeds and gives, for each plan that an outcome rests on, the groups, the effect with
    its interval, and the plan's one test. The results are provisional until someone determines
    them. The evaluator's report has the people by stage, how alike the arms were, the effect with
    all that is shown beside it, and the payment calculation; numbers of few people are hidden in
    it. Needs the extra `analysis`, and `documents` for a report as PDF or DOCX.
    """
    found = evaluate(
        deal, as_of=as_of, to=to, report=report, small_numbers=small_numbers, tell=tell
    )
    show(found, as_json=as_json)
