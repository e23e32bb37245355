"""`pfs statement`: issued statements."""

from __future__ import annotations

from pathlib import Path

import click

from payforsuccess.cli.command import FILE, Command, gives_json, takes_deal
from payforsuccess.cli.printing import counted, show
from payforsuccess.runs.statement.statements import Issued, issue, statements, write_html
from payforsuccess.runs.statement.statements import show as read_statement
from payforsuccess.units import money_text


@click.group("statement", context_settings={"max_content_width": 100})
def command() -> None:
    """Issue, show and list statements.

    An issued statement never changes. What is found later becomes a correction in a later one.
    """


@command.command("issue", cls=Command)
@takes_deal
@click.option("--draft", type=FILE, help="The draft to issue; the newest if left out.")
@gives_json
def issue_draft(deal: Path, draft: Path | None, as_json: bool) -> None:
    """Issue a draft, once and for all.

    Every result that it pays on must be determined. Issuing the same draft again changes nothing
    and prints the same statement.
    """
    issued = issue(deal, draft=draft)
    _show(issued, as_json=as_json)


@command.command("show", cls=Command)
@takes_deal
@click.option("--number", type=int, metavar="N", help="The statement; the last if left out.")
@click.option("--html", type=FILE, help="Write it as a page to this file as well.")
@gives_json
def show_statement(deal: Path, number: int | None, html: Path | None, as_json: bool) -> None:
    """Show an issued statement, and write it as a page where asked."""
    issued = read_statement(deal, number) if html is None else write_html(deal, number, to=html)
    _show(issued, as_json=as_json)


@command.command("list", cls=Command)
@takes_deal
@gives_json
def list_statements(deal: Path, as_json: bool) -> None:
    """List the issued statements."""
    found = statements(deal)
    if as_json:
        show({"statements": [_plain(issued) for issued in found]}, as_json=True)
        return
    for issued in found:
        s = issued.statement
        total = money_text(s.total, s.currency, code=True)
        show(f"{s.number}  period {s.period}, {s.period_start} to {s.period_end}  {total}")
    show(counted(len(found), "statement") + ".")


def _show(issued: Issued, *, as_json: bool) -> None:
    show(_plain(issued) if as_json else issued, as_json=as_json)


def _plain(issued: Issued) -> dict[str, object]:
    return {
        "statement": issued.statement,
        "fingerprint": issued.statement.fingerprint,
        "folder": issued.folder,
        "why_not_approvable": issued.why_not_approvable,
    }
