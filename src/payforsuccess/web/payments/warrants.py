"""The warrant of a payment: entered once, and its number corrected where it was written wrong."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.accounts.fresh import freshly_signed_in
from payforsuccess.web.payments import actions
from payforsuccess.web.payments.anew import anew_warning
from payforsuccess.web.payments.doing import Doing, do, due
from payforsuccess.web.payments.forms import NumberForm, WarrantForm
from payforsuccess.web.payments.permissions import PAYING
from payforsuccess.web.payments.shown import facts_of, warrants_of
from payforsuccess.web.payments.turns import number_of, page_of, url_of
from payforsuccess.web.ui import cells


@needs("mark-paid", case=PAYING)
@freshly_signed_in
def warrant(request: HttpRequest, access: Access, period: int) -> HttpResponse:
    """The Auditor-Controller's office enters the warrant of a payment."""
    page = due(request, access, period, "paid")
    if isinstance(page, HttpResponse):
        return page
    assert page.statement is not None
    form = WarrantForm(
        request.POST or None, currency=page.statement.currency, initial={"on": access.on}
    )
    doing = Doing(
        _("Enter the warrant"),
        _("Enter each warrant once. What is in dispute is held back."),
        _("Enter the warrant"),
        _("The payment is on record."),
        lambda: actions.enter_warrant(
            by=access,
            number=number_of(page),
            reference=form.cleaned_data["reference"],
            amount=form.cleaned_data["amount"],
            on=form.cleaned_data["on"],
            today=access.on,
        ),
        facts_of(page),
        warning=anew_warning(page),
    )
    return do(request, doing, form, back=url_of("period", access, page))


@needs("mark-paid", case=PAYING)
@freshly_signed_in
def correct(request: HttpRequest, access: Access, period: int, code: str) -> HttpResponse:
    """The Auditor-Controller's office corrects the number under which a payment was entered."""
    page = page_of(access, period)
    found = next((each for each in warrants_of(access, page) if each.code == code), None)
    if found is None or page.statement is None:
        raise Http404
    form = NumberForm(request.POST or None)
    doing = Doing(
        _("Correct the number of a warrant"),
        _("The number that was entered stays on record beside the right one."),
        _("Correct the number"),
        _("The number is corrected."),
        lambda: actions.correct_warrant(
            by=access,
            statement=number_of(page),
            payment=found.payment,
            number=form.cleaned_data["reference"],
            reason=form.cleaned_data["reason"],
            on=access.on,
        ),
        [
            (_("Warrant"), found.number or _("no number")),
            (_("Day"), cells.day(found.on)),
            (_("Amount"), cells.money(found.amount, page.statement.currency)),
        ],
        warning=_("An amount or a day is never changed here: that is another payment."),
    )
    return do(request, doing, form, back=url_of("period", access, page))
