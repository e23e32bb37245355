"""`pfs lesson`: a short lesson on a practice deal."""

from __future__ import annotations

from pathlib import Path

import click

from payforsuccess.cli.command import Command, gives_json, writes_documents
from payforsuccess.cli.printing import show
from payforsuccess.runs.lesson.lesson import lesson


@click.command("lesson", cls=Command)
@click.argument("role", metavar="ROLE")
@click.option(
    "--answer", "answers", multiple=True, metavar="TEXT", help="An answer; once for each question."
)
@writes_documents
@gives_json
def command(role: str, answers: tuple[str, ...], to: tuple[Path, ...], as_json: bool) -> None:
    """Teach how outcomes contracts work, with a check at the end.

    ROLE is payor, provider, counsel or board-office. The questions are on a practice deal that
    comes with the program, which works out each right answer from it. Nothing is recorded: who
    passed, and wants it on record, writes it into initiative.yaml.
    """
    show(lesson(role, answers, to=to), as_json=as_json)
