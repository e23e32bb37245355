"""The payment cycle on pages: all periods, one period, one line."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from payforsuccess.governance.roles.cases import Case
from payforsuccess.runs.document_file import write_document
from payforsuccess.runs.statement.as_document import statement_as_document
from payforsuccess.runs.statement.why import why
from payforsuccess.trail import Step as Arithmetic
from payforsuccess.trail import fingerprint_bytes
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.accounts.fresh import freshly_signed_in
from payforsuccess.web.audit.actions import Actor
from payforsuccess.web.initiatives.waiting import waiting_for
from payforsuccess.web.payments import actions
from payforsuccess.web.payments.anew import anew_table, anew_words, replaced_words
from payforsuccess.web.payments.book import Book
from payforsuccess.web.payments.permissions import sees_books
from payforsuccess.web.payments.shown import (
    approvals_table,
    disputes_table,
    facts_of,
    lines_table,
    paid_table,
    payors_table,
    results_table,
    results_used,
)
from payforsuccess.web.payments.small import has_small_lines, is_small, sees_arithmetic
from payforsuccess.web.payments.turns import (
    is_mine,
    may_object,
    may_return,
    next_for,
    open_objections,
    page_of,
    period_words,
    standing_of,
    to_enter,
    url_of,
    whose_turn,
)
from payforsuccess.web.payments.vouchers import has_voucher
from payforsuccess.web.payments.words import steps_of
from payforsuccess.web.ui import cells
from payforsuccess.web.ui.tables import Column, Row, Table

FORMS = ("html", "pdf", "docx")
"""How a statement is downloaded."""


@needs("see-terms-and-statements")
def all_of_them(request: HttpRequest, access: Access) -> HttpResponse:
    """Every period that is over: what it came to, where it is, and whose turn it is."""
    slug = access.initiative.slug
    actions.catch_up(by=Actor("", "The system", initiative=slug), initiative=access.initiative)
    book = Book(access.initiative, on=access.on)
    pages = book.pages
    waiting = [page for page in pages if is_mine(access, page)]
    mine = waiting_for(access, book)
    table = Table(
        caption=_("Periods that are over, the newest first"),
        columns=(
            Column(_("Period")),
            Column(_("Amount"), is_number=True),
            Column(_("Where it is")),
            Column(_("Whose turn")),
        ),
        rows=[
            Row(
                (
                    cells.link(period_words(page), url_of("period", access, page)),
                    cells.money(page.statement.total, page.statement.currency)
                    if page.statement
                    else cells.missing(_("not stated yet")),
                    standing_of(page),
                    whose_turn(page),
                ),
                is_urgent=page in waiting,
            )
            for page in pages
        ],
        empty=_("No period is over yet. The first statement follows the first period."),
    )
    return render(
        request,
        "payments/list.html",
        {
            "table": table,
            "next": mine[0] if mine else None,
            "others": mine[1:],
            "sees_books": sees_books(access),
        },
    )


@needs("see-terms-and-statements")
def one_period(request: HttpRequest, access: Access, period: int) -> HttpResponse:
    """One period: the steps, the statement with its lines, and what to do now."""
    page = page_of(access, period)
    statement = page.statement
    context: dict[str, object] = {
        "page": page,
        "words": period_words(page),
        "steps": steps_of(page.cycle),
        "next": next_for(access, [page] if is_mine(access, page) else []),
        "waits_for": whose_turn(page)
        if page.cycle.current or page.anew or open_objections(page)
        else to_enter(access, page),
        "anew": anew_words(page),
        "anew_table": anew_table(access, page),
    }
    if statement is not None:
        context |= {
            "statement": statement,
            "lines": lines_table(access, page),
            "payors": payors_table(page),
            "facts": facts_of(page, access.on),
            "approvals": approvals_table(page),
            "disputes": disputes_table(access, page),
            "object_url": url_of("dispute", access, page) if may_object(access, page) else "",
            "exports": [
                (
                    form.upper(),
                    url_of("export", access, page, form),
                )
                for form in FORMS
            ],
            "may_return": may_return(access, page),
            "return_url": url_of("return", access, page),
            "paid": paid_table(access, page),
            "voucher_url": url_of("voucher", access, page) if has_voucher(access, page) else "",
            "sees_books": sees_books(access),
        }
    else:
        context["results"] = results_table(access, period)
    return render(request, "payments/period.html", context)


@needs("see-terms-and-statements")
def one_line(request: HttpRequest, access: Access, period: int, line: int) -> HttpResponse:
    """From a dollar to its clause, its arithmetic, the results, and how many people earned it."""
    page = page_of(access, period)
    if page.statement is None or not 1 <= line <= len(page.statement.lines):
        raise Http404
    found = why(access.initiative.path, statement=page.statement.number, line=str(line))
    basis = basis_of(access)
    sees_people = bool(access.may("see-linked-records", Case(legal_basis=basis)))
    people = Table(
        caption=_("People under study numbers, and what each earned"),
        columns=(
            Column(_("Study number")),
            Column(_("Counted"), is_number=True),
            Column(_("Amount"), is_number=True),
            Column(_("Source rows")),
        ),
        rows=[
            (
                each.person,
                each.quantity,
                cells.money(each.amount, page.statement.currency),
                ", ".join(each.sources),
            )
            for each in (found.people if sees_people else ())
        ],
        empty=_("This line was paid on totals."),
    )
    if sees_people:
        actions.look_at_line(by=access, number=page.statement.number, line=line, basis=basis)
    context = {
        "page": page,
        "statement": page.statement,
        "line": found.line,
        "words": found.words,
        "arithmetic": [
            text
            for step in found.line.steps
            for text in Arithmetic.from_plain(step.model_dump()).lines()
        ],
        "results": results_used(access, found.results),
        "replaced": replaced_words(page, found.results),
        "people": people if sees_people else None,
        "head_count": len(found.people),
        "is_shown": sees_arithmetic(access) or not is_small(found.results, len(found.people)),
        "period_url": url_of("period", access, page),
        "period_words": period_words(page),
    }
    return render(request, "payments/line.html", context)


def basis_of(access: Access) -> str:
    """The agreements under which the deal's records are read."""
    regimes = {s.agreement.regime for s in access.initiative.deal.data if s.agreement is not None}
    return "; ".join(sorted(regimes))


@needs("see-terms-and-statements")
@freshly_signed_in
def export(request: HttpRequest, access: Access, period: int, form: str) -> HttpResponse:
    """The statement with its approvals as a file, to keep and to hand on."""
    page = page_of(access, period)
    if page.statement is None or form not in FORMS:
        raise Http404
    number = page.statement.number
    hides = not sees_arithmetic(access) and has_small_lines(access, page.statement)
    paper = statement_as_document(access.initiative.path, number, without_counts=hides)
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"statement.{form}"
        write_document(paper, [file])
        content = file.read_bytes()
    actions.export(by=access, number=number, form=form.upper(), checksum=fingerprint_bytes(content))
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="statement-{number:04}.{form}"'
    return answer
