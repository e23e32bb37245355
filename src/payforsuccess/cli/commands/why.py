"""`pfs why`: an amount followed back to what it rests on."""

from __future__ import annotations

from pathlib import Path

import click

from payforsuccess.cli.command import Command, gives_json, needs_deal
from payforsuccess.cli.printing import show
from payforsuccess.runs.statement.why import why


@click.command("why", cls=Command)
@needs_deal
@click.argument("line", metavar="LINE")
@click.option("--statement", type=int, metavar="N", help="The statement; the last if left out.")
@click.option("--person", metavar="KEY", help="Show this person's part and source rows.")
@gives_json
def command(
    deal: Path, line: str, statement: int | None, person: str | None, as_json: bool
) -> None:
    """Follow an amount back to its clause, steps, people and rows.

    DEAL is a deal's folder, or that of an issued statement or of a run within it. LINE is the
    number of a line of the statement, or the name of its payment term.
    """
    found = why(deal, statement=statement, line=line, person=person)
    if not as_json:
        show(found)
        return
    rows = [row for row in found.people if person in (None, row.person)]
    plain = {
        "statement": found.statement.number,
        "fingerprint": found.statement.fingerprint,
        "number": found.number,
        "line": found.line,
        "words": found.words,
        "results": found.results,
        **({"estimates": found.estimates} if found.estimates else {}),
        "people": rows,
    }
    show(plain, as_json=True)
