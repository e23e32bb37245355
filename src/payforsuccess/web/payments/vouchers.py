"""The voucher of a statement: how it is coded, and the file for the payors' books."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from payforsuccess.errors import Problem, Refusal
from payforsuccess.runs.statement.statements import show
from payforsuccess.runs.statement.voucher import CodedStatement, coding_of, voucher
from payforsuccess.trail import fingerprint_bytes
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.accounts.fresh import freshly_signed_in
from payforsuccess.web.payments import actions
from payforsuccess.web.payments.book import PeriodPage
from payforsuccess.web.payments.permissions import OF_BOOKS, PAYING, keeps_books, sees_books
from payforsuccess.web.payments.shown import paid_table
from payforsuccess.web.payments.turns import page_of, period_words, url_of
from payforsuccess.web.ui import cells
from payforsuccess.web.ui.tables import Column, Table
from payforsuccess.web.ui.told import told_problem

FORMS = ("csv", "json")
"""How a voucher is downloaded."""


def has_voucher(access: Access, page: PeriodPage) -> bool:
    """Whether a voucher is there: the statement is approved, and is to be paid or was."""
    if page.standing is None or not page.standing.is_approved or page.payable is None:
        return False
    return (page.payable.amount > 0 or page.payable.moved > 0) and sees_books(access)


def is_paid(page: PeriodPage) -> bool:
    """Whether nothing of the voucher is left to pay."""
    return page.payable is not None and page.payable.amount == 0


@needs(*OF_BOOKS, case=PAYING)
def shown(request: HttpRequest, access: Access, period: int) -> HttpResponse:
    """How the statement is coded, line by line, or what keeps it from being payable.

    Once all is paid it shows how it was coded, and the warrants.
    """
    return _page(request, access, _due(access, period))


@needs(*OF_BOOKS, case=PAYING)
@freshly_signed_in
def download(request: HttpRequest, access: Access, period: int, form: str) -> HttpResponse:
    """The voucher as a file; that it left is in the log."""
    page = _due(access, period)
    if form not in FORMS or is_paid(page):
        raise Http404
    assert page.statement is not None
    number = page.statement.number
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"voucher.{form}"
        try:
            made = voucher(access.initiative.path, number, to=file, on=_pay_on(access, page))
        except Refusal as refusal:
            return _page(request, access, page, refusal.problems)
        content = file.read_bytes()
    actions.export_voucher(
        by=access,
        number=number,
        form=form.upper(),
        checksum=fingerprint_bytes(content),
        total=sum(line.amount for line in made.lines),
        pay_on=made.pay_on,
    )
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="voucher-{number:04}.{form}"'
    return answer


def _due(access: Access, period: int) -> PeriodPage:
    """The period, where there is a voucher of it; 404 before two people approved it."""
    page = page_of(access, period)
    if not has_voucher(access, page):
        raise Http404
    return page


def _pay_on(access: Access, page: PeriodPage) -> date:
    """The day on which it falls due, today once that is past; of the last payment once paid."""
    assert page.statement is not None
    if is_paid(page) and page.facts.paid_on is not None:
        return page.facts.paid_on
    return max(page.statement.due_on or page.statement.as_of, access.on)


def _page(
    request: HttpRequest,
    access: Access,
    page: PeriodPage,
    problems: tuple[Problem, ...] | list[Problem] = (),
) -> HttpResponse:
    assert page.statement is not None
    path = access.initiative.path
    pay_on = _pay_on(access, page)
    paid = is_paid(page)
    coded = coding_of(path, show(path, page.statement.number), on=pay_on, before_paid=paid)
    stops = list(problems) or (list(coded.found.problems) if coded and not paid else [])
    context = {
        "words": period_words(page),
        "period_url": url_of("period", access, page),
        "has_budget": coded is not None,
        "table": _table(coded, page.statement.number) if coded else None,
        "total": sum(line.amount for line in coded.found.lines) if coded else 0,
        "currency": page.statement.currency,
        "problems": [told_problem(each) for each in stops],
        "pay_on": pay_on,
        "is_paid": paid,
        "warrants": paid_table(access, page) if paid else None,
        "keeps_books": keeps_books(access),
        "held": coded.found.disputed if coded else (),
        "files": [(form.upper(), url_of("voucher-file", access, page, form)) for form in FORMS]
        if coded and not paid and not stops and coded.found.lines
        else [],
    }
    return render(request, "payments/voucher.html", context, status=409 if problems else 200)


def _table(coded: CodedStatement, number: int) -> Table:
    return Table(
        caption=_("Voucher of statement %(number)s") % {"number": number},
        columns=(
            Column(_("Payor and fiscal year")),
            Column(_("Fund, unit, account")),
            Column(_("Vendor")),
            Column(_("Encumbrance")),
            Column(_("Amount"), is_number=True),
        ),
        rows=[
            (
                f"{line.payor}, {line.fiscal_year}",
                f"{line.coded_fund} / {line.unit} / {line.account}",
                line.vendor,
                line.encumbrance or cells.missing(),
                cells.money(line.amount, coded.currency),
            )
            for line in coded.found.lines
        ],
        empty=_("Nothing is payable yet."),
    )
