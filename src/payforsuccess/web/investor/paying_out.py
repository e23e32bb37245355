"""Success payments in the books: what came on a statement, and what was paid out in order."""

from __future__ import annotations

from dataclasses import asdict

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from payforsuccess.runs.finance.note_payment import due_out, unentered
from payforsuccess.runs.folder import open_folder
from payforsuccess.trail import fingerprint
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.accounts.fresh import freshly_signed_in
from payforsuccess.web.investor import actions
from payforsuccess.web.investor.books import books_or_404
from payforsuccess.web.investor.doing import Doing, do
from payforsuccess.web.investor.forms import MoneyForm, SeenForm
from payforsuccess.web.investor.words import PAID_AS
from payforsuccess.web.ui import cells


@needs("call-capital")
@freshly_signed_in
def enter(request: HttpRequest, access: Access, statement: int) -> HttpResponse:
    """The project manager enters what payors paid on a statement."""
    books = books_or_404(access)
    waiting = unentered(open_folder(access.initiative.path), books.record, on=access.on)
    found = next((each for each in waiting if each.statement == statement), None)
    if found is None:
        raise Http404
    form = MoneyForm(request.POST or None, currency=books.currency, initial={"on": access.on})
    doing = Doing(
        _("Enter a success payment"),
        _("Enter it once the bank shows it, in whole or in part."),
        _("Enter the payment"),
        lambda said: actions.enter(
            by=access, statement=statement, amount=said["amount"], on=said["on"], today=access.on
        ),
        lambda entered: (
            _("The payment is in the books. The project holds %(held)s.")
            % {"held": cells.money(entered.held, books.currency)}
        ),
        warning=_("It goes to the payment terms and payors by their parts of the statement."),
        facts=[
            (_("Statement"), str(statement)),
            (_("Paid, and not in the books yet"), cells.money(found.amount, books.currency)),
            (_("Paid last on"), cells.day(found.since)),
        ],
    )
    return do(request, access, doing, form)


@needs("call-capital")
@freshly_signed_in
def pay_out(request: HttpRequest, access: Access) -> HttpResponse:
    """What the deal's order pays today; the project manager pays it, and notes that it was paid."""
    books = books_or_404(access)
    due = due_out(books.status.deal, books.record, on=access.on)
    if not due:
        raise Http404
    code = books.currency
    shown = fingerprint([asdict(each) for each in due])
    doing = Doing(
        _("Pay out success payments"),
        _("By the deal’s order this is due today. Pay it from the account, and then note it."),
        _("Note it as paid out"),
        lambda said: actions.pay_out(
            by=access, due=due if said["seen"] == shown else (), on=access.on
        ),
        lambda paid: (
            _("It is in the books. The project holds %(held)s.")
            % {"held": cells.money(paid.held, code)}
        ),
        warning=_("What was paid out is never written over."),
        facts=[
            (f"{each.to}, {PAID_AS.get(each.kind, each.kind)}", cells.money(each.amount, code))
            for each in due
        ],
    )
    return do(request, access, doing, SeenForm(request.POST or None, initial={"seen": shown}))
