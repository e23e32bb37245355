"""`pfs check`: problems, findings and proofs."""

from __future__ import annotations

from pathlib import Path

import click

from payforsuccess.cli.command import Command, gives_json, takes_deal
from payforsuccess.cli.printing import show
from payforsuccess.errors import EXIT_FINE, EXIT_PROBLEMS
from payforsuccess.runs.check import check


@click.command("check", cls=Command)
@takes_deal
@click.option("--strict", is_flag=True, help="End with exit code 10 on findings too.")
@gives_json
def command(deal: Path, strict: bool, as_json: bool) -> int:
    """Check a deal, and prove what it can pay.

    A problem blocks: it is shown with its line, and the exit code is 10. For a deal without
    problems it proves that the ceilings hold and that nothing is due without success, and finds
    the most that can fall due in each fiscal year, where payment can fall as an outcome improves,
    and the largest jump. What a careful reader should know is a finding.
    """
    checked = check(deal)
    show(checked, as_json=as_json)
    return EXIT_PROBLEMS if strict and checked.findings else EXIT_FINE
