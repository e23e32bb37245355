"""`pfs statement`: issued statements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from payforsuccess.cli.command import DAY, FILE, Command, gives_json, needs_deal, takes_deal
from payforsuccess.cli.printing import counted, show
from payforsuccess.runs.statement.show import statement_line
from payforsuccess.runs.statement.statements import (
    Issued,
    issue,
    issue_all,
    statements,
)
from payforsuccess.runs.statement.statements import show as read_statement
from payforsuccess.runs.statement.voucher import CodedStatement, coded_html, coding_of, voucher


@click.group("statement", context_settings={"max_content_width": 100})
def command() -> None:
    """Issue, show and list statements.

    An issued statement never changes. What is found later becomes a correction in a later one.
    """


@command.command("issue", cls=Command)
@takes_deal
@click.option("--draft", type=FILE, help="The draft to issue; the next if left out.")
@click.option("--all", "takes_all", is_flag=True, help="Every draft that waits, in their order.")
@gives_json
def issue_draft(deal: Path, draft: Path | None, takes_all: bool, as_json: bool) -> None:
    """Issue a draft, once and for all.

    Every result that it pays on must be determined. Issuing the same draft again changes nothing
    and prints the same statement.
    """
    if takes_all:
        if draft is not None:
            raise click.UsageError("--all takes every draft; leave --draft out.")
        _list(issue_all(deal), as_json=as_json)
        return
    issued = issue(deal, draft=draft)
    _show(issued, as_json=as_json)


@command.command("show", cls=Command)
@takes_deal
@click.option("--number", type=int, metavar="N", help="The statement; the last if left out.")
@click.option("--html", type=FILE, help="Write it as a page to this file as well.")
@gives_json
def show_statement(deal: Path, number: int | None, html: Path | None, as_json: bool) -> None:
    """Show an issued statement, and write it as a page where asked.

    Where budget.yaml lies beside the deal, how it is coded follows, or why it is not payable: no
    part of the statement, which never changes.
    """
    issued = read_statement(deal, number) if html is None else coded_html(deal, number, to=html)
    _show(issued, as_json=as_json, coding=coding_of(deal, issued))


@command.command("list", cls=Command)
@takes_deal
@gives_json
def list_statements(deal: Path, as_json: bool) -> None:
    """List the issued statements."""
    _list(statements(deal), as_json=as_json)


@command.command("voucher", cls=Command)
@needs_deal
@click.argument("number", type=int, metavar="N")
@click.option("--to", type=FILE, required=True, help="The file to write, by its name CSV or JSON.")
@click.option("--on", type=DAY, help="The day of payment; the day it falls due if left out.")
@gives_json
def write_voucher(deal: Path, number: int, to: Path, on: date | None, as_json: bool) -> None:
    """Write the voucher of a statement, coded as the payors' books are.

    Reads budget.yaml beside the deal. It refuses what cannot be approved, and what is not wholly
    appropriated, and says by payor, fund and fiscal year what is missing.
    """
    show(voucher(deal, number, to=to, on=on), as_json=as_json)


def _list(found: Sequence[Issued], *, as_json: bool) -> None:
    if as_json:
        show({"statements": [_plain(issued) for issued in found]}, as_json=True)
        return
    for issued in found:
        show(statement_line(issued.statement))
    show(counted(len(found), "statement") + ".")


def _show(issued: Issued, *, as_json: bool, coding: CodedStatement | None = None) -> None:
    if as_json:
        more = {} if coding is None else {"coding": coding}
        show({**_plain(issued), **more}, as_json=True)
        return
    show(issued if coding is None else f"{issued}\n\n{coding}")


def _plain(issued: Issued) -> dict[str, object]:
    return {
        "statement": issued.statement,
        "fingerprint": issued.statement.fingerprint,
        "folder": issued.folder,
        "why_not_approvable": issued.why_not_approvable,
    }
