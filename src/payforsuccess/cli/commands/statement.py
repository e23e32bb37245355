"""`pfs statement`: issued statements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from payforsuccess.cli.command import (
    DAY,
    FILE,
    Command,
    gives_json,
    needs_deal,
    takes_deal,
    today,
    writes_documents,
)
from payforsuccess.cli.printing import counted, show
from payforsuccess.governance.approval import ApprovalStanding
from payforsuccess.runs.document_file import check_endings, write_document, write_page
from payforsuccess.runs.statement.approve import (
    answer_return,
    approve,
    return_statement,
    shown_standing,
)
from payforsuccess.runs.statement.as_document import statement_as_document
from payforsuccess.runs.statement.mark_paid import mark_paid
from payforsuccess.runs.statement.money_moved import money_on
from payforsuccess.runs.statement.reconcile import explain_difference, reconciliation, take_list
from payforsuccess.runs.statement.show import statement_line
from payforsuccess.runs.statement.statements import (
    Issued,
    issue,
    issue_all,
    statements,
)
from payforsuccess.runs.statement.statements import show as read_statement
from payforsuccess.runs.statement.voucher import CodedStatement, coding_of, voucher
from payforsuccess.units import exact, to_minor


@click.group("statement", context_settings={"max_content_width": 100})
def command() -> None:
    """Issue, show, approve and list statements.

    An issued statement never changes. What is found later becomes a correction in a later one.
    """


@command.command("issue", cls=Command)
@takes_deal
@click.option("--draft", type=FILE, help="The draft to issue; the next if left out.")
@click.option("--all", "takes_all", is_flag=True, help="Every draft that waits, in their order.")
@click.option("--by", metavar="NAME", help="Who prepared it, and so may not approve it.")
@gives_json
def issue_draft(
    deal: Path, draft: Path | None, takes_all: bool, by: str | None, as_json: bool
) -> None:
    """Issue a draft, once and for all.

    Every result that it pays on must be determined. Issuing the same draft again changes nothing
    and prints the same statement; with --by it puts on record who prepared it.
    """
    if takes_all:
        if draft is not None:
            raise click.UsageError("--all takes every draft; leave --draft out.")
        _list(issue_all(deal, by=by), as_json=as_json)
        return
    issued = issue(deal, draft=draft, by=by)
    _show(issued, as_json=as_json)


@command.command("show", cls=Command)
@takes_deal
@click.option("--number", type=int, metavar="N", help="The statement; the last if left out.")
@click.option("--html", type=FILE, help="Write it as a page to this file as well.")
@writes_documents
@gives_json
def show_statement(
    deal: Path, number: int | None, html: Path | None, to: tuple[Path, ...], as_json: bool
) -> None:
    """Show an issued statement, and write it as a page where asked.

    Who approved it follows and, where budget.yaml lies beside the deal, how it is coded or why it
    is not payable: no part of the statement, which never changes.
    """
    check_endings(to)
    issued = read_statement(deal, number)
    if to or html is not None:
        document = statement_as_document(deal, number)
        write_document(document, to)
        if html is not None:
            write_page(document, html)
    _show(
        issued,
        as_json=as_json,
        standing=shown_standing(deal, issued),
        coding=coding_of(deal, issued),
        notes=money_on(deal, issued),
    )


@command.command("approve", cls=Command)
@needs_deal
@click.argument("number", type=int, metavar="N")
@click.option("--by", required=True, metavar="NAME", help="The person who approves.")
@click.option("--party", required=True, help="The payor whose person it is, as the deal names it.")
@click.option("--on", type=DAY, help="The day; today if left out.")
@gives_json
def approve_statement(
    deal: Path, number: int, by: str, party: str, on: date | None, as_json: bool
) -> None:
    """Record that a person of a payor approves an issued statement.

    It is approved when two people did, one of each payor with a part in it among them: neither who
    prepared it nor who signed its results. An approval is of this statement, by its checksum, and
    of no other. A voucher asks for it.
    """
    show(
        approve(deal, number, by=by, party=party, on=on or today(), as_of=today()), as_json=as_json
    )


@command.command("return", cls=Command)
@needs_deal
@click.argument("number", type=int, metavar="N")
@click.option("--by", required=True, metavar="NAME", help="The person who returns it.")
@click.option("--party", required=True, help="The payor whose person it is, as the deal names it.")
@click.option("--reason", required=True, help="What is wrong; name no participant.")
@click.option("--on", type=DAY, help="The day; today if left out.")
@gives_json
def send_back(
    deal: Path, number: int, by: str, party: str, reason: str, on: date | None, as_json: bool
) -> None:
    """Record that a person of a payor returns an issued statement, and why.

    Approvals given before no longer count, and nobody approves it before the office has answered.
    The statement stays as it is: what is wrong in it becomes a correction in a later one.
    """
    said = return_statement(
        deal, number, by=by, party=party, reason=reason, on=on or today(), as_of=today()
    )
    show(said, as_json=as_json)


@command.command("answer", cls=Command)
@needs_deal
@click.argument("number", type=int, metavar="N")
@click.option("--by", required=True, metavar="NAME", help="The person of the office who answers.")
@click.option("--says", required=True, metavar="TEXT", help="The answer; name no participant.")
@click.option("--on", type=DAY, help="The day; today if left out.")
@gives_json
def answer(deal: Path, number: int, by: str, says: str, on: date | None, as_json: bool) -> None:
    """Record what the office that prepared a statement says to its return.

    It puts the statement before the payors again and brings no approval back. Say in which later
    statement a correction follows, where one does. Who answers approves nothing.
    """
    said = answer_return(deal, number, by=by, says=says, on=on or today(), as_of=today())
    show(said, as_json=as_json)


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

    Reads budget.yaml beside the deal. It refuses what is not approved, and what is not wholly
    appropriated, and says by payor, fund and fiscal year what is missing.
    """
    show(voucher(deal, number, to=to, on=on), as_json=as_json)


@command.command("paid", cls=Command)
@needs_deal
@click.argument("number", type=int, metavar="N")
@click.option("--by", required=True, metavar="NAME", help="The person of the paying office.")
@click.option("--warrant", required=True, metavar="TEXT", help="The warrant or payment number.")
@click.option("--amount", metavar="AMOUNT", help="How much; all that may be paid if left out.")
@click.option("--on", type=DAY, help="The day on which money moved; today if left out.")
@gives_json
def record_payment(
    deal: Path,
    number: int,
    by: str,
    warrant: str,
    amount: str | None,
    on: date | None,
    as_json: bool,
) -> None:
    """Record that an approved statement was paid, under its warrant.

    Whoever issues warrants records it, and neither prepared nor approved the statement. What is in
    dispute is held back. The same call again adds nothing.
    """
    paid = mark_paid(
        deal,
        number,
        by=by,
        on=on or today(),
        reference=warrant,
        amount=_minor(deal, number, amount),
        today=today(),
    )
    show(paid, as_json=as_json)


@command.command("reconcile", cls=Command)
@takes_deal
@click.option("--list", "listed", type=FILE, help="A list of payments out of the books.")
@click.option("--from", "since", type=DAY, help="The first day of which the list tells.")
@click.option(
    "--through", type=DAY, help="The last day of which it tells; that of --on if left out."
)
@click.option("--explain", metavar="CODE", help="The difference to explain, by its code.")
@click.option("--reason", help="Why it stands; name no participant.")
@click.option("--by", metavar="NAME", help="Who brings the list, or explains.")
@click.option("--on", type=DAY, help="The day; today if left out.")
@gives_json
def reconcile(
    deal: Path,
    listed: Path | None,
    since: date | None,
    through: date | None,
    explain: str | None,
    reason: str | None,
    by: str | None,
    on: date | None,
    as_json: bool,
) -> int:
    """Hold the payments on record against the paying office's books.

    The list is CSV or XLSX with the columns number, date, amount and, if there, vendor. It stays on
    record; of a day the newest list speaks. A difference stays open until both sides agree or
    someone explains it. Without --list and --explain it shows how all of it stands.
    """
    if listed is not None and explain is not None:
        raise click.UsageError("Bring a list, or explain a difference.")
    if (explain is None) != (reason is None):
        raise click.UsageError("--explain and --reason go together.")
    if listed is None and (since or through):
        raise click.UsageError("--from and --through are of a --list.")
    if (listed or explain) and by is None:
        raise click.UsageError("Say who it is with --by.")
    day = on or today()
    if listed is not None:
        found = take_list(deal, listed, by=by or "", on=day, through=through, since=since)
    elif explain is not None:
        found = explain_difference(deal, explain, reason=reason or "", by=by or "", on=day)
    else:
        found = reconciliation(deal)
    show(found, as_json=as_json)
    return 0 if found.found.closes or found.found.through is None else 10


def _minor(deal: Path, number: int, text: str | None) -> int | None:
    """The amount in minor units of the statement's currency."""
    if text is None:
        return None
    try:
        return to_minor(
            exact(text.replace(",", "")), read_statement(deal, number).statement.currency
        )
    except ValueError:
        raise click.BadParameter(
            "write an amount in digits, such as 25000 or 25000.50", param_hint="--amount"
        ) from None


def _list(found: Sequence[Issued], *, as_json: bool) -> None:
    if as_json:
        show({"statements": [_plain(issued) for issued in found]}, as_json=True)
        return
    for issued in found:
        show(statement_line(issued.statement))
    show(counted(len(found), "statement") + ".")


def _show(
    issued: Issued,
    *,
    as_json: bool,
    standing: ApprovalStanding | None = None,
    coding: CodedStatement | None = None,
    notes: tuple[str, ...] = (),
) -> None:
    below = {"approval": standing, "coding": coding}
    told = {name: said for name, said in below.items() if said is not None}
    if as_json:
        show({**_plain(issued), **told, "notes": notes}, as_json=True)
        return
    show("\n\n".join(map(str, (issued, *told.values(), *(f"To know: {each}" for each in notes)))))


def _plain(issued: Issued) -> dict[str, object]:
    return {
        "statement": issued.statement,
        "fingerprint": issued.statement.fingerprint,
        "folder": issued.folder,
        "why_not_approvable": issued.why_not_approvable,
    }
