"""Objections to lines of a statement: one is raised, and how it was settled."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from payforsuccess.runs.initiative.disputes import Objection
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.payments import actions
from payforsuccess.web.payments.doing import Doing, do
from payforsuccess.web.payments.forms import DisputeForm, SettledForm
from payforsuccess.web.payments.shown import facts_of
from payforsuccess.web.payments.turns import may_object, number_of, page_of, url_of


@needs("dispute-lines")
def dispute(request: HttpRequest, access: Access, period: int) -> HttpResponse:
    """A party objects to lines of the statement."""
    page = page_of(access, period)
    if not may_object(access, page):
        raise Http404
    assert page.statement is not None
    form = DisputeForm(
        request.POST or None,
        currency=page.statement.currency,
        lines=[line.term for line in page.statement.lines],
    )
    doing = Doing(
        _("Object to a line"),
        _("What you object to is held back if you pay it; the rest is paid. The clock starts now."),
        _("Put the objection on record"),
        _("Your objection is on record."),
        lambda: actions.object_to(
            by=access,
            number=number_of(page),
            objection=Objection(
                tuple(form.cleaned_data["lines"]),
                form.cleaned_data["clause"],
                form.cleaned_data["amount"],
            ),
            on=access.on,
        ),
        facts_of(page),
    )
    return do(request, doing, form, back=url_of("period", access, page))


@needs("keep-initiative")
def settled(request: HttpRequest, access: Access, period: int, dispute: str) -> HttpResponse:
    """The coordinator puts on record how a dispute was settled."""
    page = page_of(access, period)
    form = SettledForm(request.POST or None)
    if dispute not in {found.dispute.name for found in page.disputes if not found.is_settled}:
        raise Http404
    doing = Doing(
        _("Settle the dispute"),
        _("What it held back can then be paid."),
        _("Put it on record"),
        _("The dispute is settled."),
        lambda: actions.settle(
            by=access, name=dispute, says=form.cleaned_data["says"], on=access.on
        ),
        facts_of(page),
    )
    return do(request, doing, form, back=url_of("period", access, page))
