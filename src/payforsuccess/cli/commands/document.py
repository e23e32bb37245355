"""`pfs document`: one of the documents about a deal or an initiative."""

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
from payforsuccess.cli.printing import show
from payforsuccess.runs.documents.document import document, kinds
from payforsuccess.runs.documents.kinds import Asked


@click.command("document", cls=Command)
@click.argument("kind", metavar="[KIND]", required=False)
@click.argument("path", type=FILE, metavar="[PATH]", default=".")
@writes_documents
@click.option("--number", type=click.IntRange(1), help="Which statement, where it is about one.")
@click.option("--for", "party", metavar="NAME", default="", help="Whom it is for, if for one.")
@click.option(
    "--language",
    metavar="TAG",
    default="en",
    show_default=True,
    help="The language it is written in.",
)
@takes_as_of
@gives_json
def command(
    kind: str | None,
    path: Path,
    to: tuple[Path, ...],
    number: int | None,
    party: str,
    language: str,
    as_of: date | None,
    as_json: bool,
) -> None:
    """Write one of the documents about a deal or an initiative.

    KIND is its kind; without one, every kind is listed. PATH is the folder of the deal or the
    initiative. The document is made anew from what is on file each time; on the screen stands its
    outline.
    """
    if kind is None:
        show(kinds(), as_json=as_json)
        return
    on = as_of if as_of is not None else today()
    asked = Asked(path, on, language=language, number=number, party=party)
    show(document(kind, asked, to=to), as_json=as_json)
