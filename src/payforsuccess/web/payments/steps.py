"""From signed results to an approved statement: each step on a page of its own."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from payforsuccess.governance.roles.cases import Case
from payforsuccess.runs.folder import open_folder
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.accounts.fresh import freshly_signed_in
from payforsuccess.web.payments import actions
from payforsuccess.web.payments.anew import anew_warning
from payforsuccess.web.payments.checks import checks_words
from payforsuccess.web.payments.doing import Doing, back_to, do, due
from payforsuccess.web.payments.forms import AnswerForm, ReasonForm, SeenForm
from payforsuccess.web.payments.results import shown_checksum
from payforsuccess.web.payments.shown import facts_of, results_table
from payforsuccess.web.payments.turns import (
    is_asked_to_approve,
    may_return,
    number_of,
    page_of,
    period_words,
    url_of,
    whose_turn,
)

APPROVING = Case(prepared_by=("the office",))
"""The case in which the pages of payors stand open; each step asks again for its own."""


@needs("determine-outcomes", case=Case())
@freshly_signed_in
def sign(request: HttpRequest, access: Access, period: int) -> HttpResponse:
    """The evaluator signs the results of a period."""
    page = due(request, access, period, "determined")
    if isinstance(page, HttpResponse):
        return page
    form = SeenForm(request.POST) if request.method == "POST" else _seen_now(access, period)
    doing = Doing(
        _("Sign the results"),
        _("You determine these results for the evaluator. Only signed results are paid."),
        _("Sign the results"),
        _("The results are signed."),
        lambda: actions.sign_results(
            by=access, period=period, on=access.on, seen=form.cleaned_data["seen"]
        ),
        [
            (_("Period"), period_words(page)),
            (_("Checks"), checks_words(access, open_folder(access.initiative.path))),
        ],
        warning=_("A signed result is never changed. A later one takes its place, with a reason."),
        results=results_table(access, period),
        renewed=lambda: _seen_now(access, period),
    )
    return do(request, doing, form, back=url_of("period", access, page))


@needs("prepare-statements")
@freshly_signed_in
def state(request: HttpRequest, access: Access, period: int) -> HttpResponse:
    """The coordinator issues the statement of a period."""
    page = due(request, access, period, "stated")
    if isinstance(page, HttpResponse):
        return page
    if page.anew or page.anew_before:
        return back_to(request, access, page, whose_turn(page))
    form = SeenForm(request.POST) if request.method == "POST" else _seen_now(access, period)
    doing = Doing(
        _("Issue the statement"),
        _("The amounts are computed from the signed results and the terms in force."),
        _("Issue the statement"),
        _("The statement is issued."),
        lambda: actions.state(
            by=access, period=period, on=access.on, seen=form.cleaned_data["seen"]
        ),
        [(_("Period"), period_words(page))],
        warning=_("An issued statement never changes. You cannot approve a statement you issued."),
        renewed=lambda: _seen_now(access, period),
    )
    return do(request, doing, form, back=url_of("period", access, page))


@needs("approve-payments", case=APPROVING)
@freshly_signed_in
def approve(request: HttpRequest, access: Access, period: int) -> HttpResponse:
    """A person of a payor approves the statement."""
    page = due(request, access, period, "approved")
    if isinstance(page, HttpResponse):
        return page
    if not is_asked_to_approve(access, page):
        return back_to(request, access, page, whose_turn(page))
    doing = Doing(
        _("Approve the payment"),
        _("Two people approve each payment, one of each payor with a part in it."),
        _("Approve the payment"),
        _("Your approval is on record."),
        lambda: actions.approve(by=access, number=number_of(page), on=access.on),
        facts_of(page),
        warning=anew_warning(page),
    )
    return do(request, doing, back=url_of("period", access, page))


@needs("approve-payments", case=APPROVING)
@freshly_signed_in
def send_back(request: HttpRequest, access: Access, period: int) -> HttpResponse:
    """A person of a payor returns the statement."""
    page = page_of(access, period)
    if not may_return(access, page):
        raise Http404
    form = ReasonForm(request.POST or None)
    doing = Doing(
        _("Send the statement back"),
        _("Approvals so far no longer count. The coordinator answers your reason."),
        _("Send it back"),
        _("The statement was sent back."),
        lambda: actions.send_back(
            by=access, number=number_of(page), reason=form.cleaned_data["reason"], on=access.on
        ),
        facts_of(page),
        is_dangerous=True,
    )
    return do(request, doing, form, back=url_of("period", access, page))


@needs("prepare-statements")
@freshly_signed_in
def answer(request: HttpRequest, access: Access, period: int) -> HttpResponse:
    """The office answers a payor's reason, and puts the statement before the payors again."""
    page = due(request, access, period, "answered")
    if isinstance(page, HttpResponse):
        return page
    form = AnswerForm(request.POST or None)
    doing = Doing(
        _("Answer, and put it before the payors again"),
        _("%(who)s sent it back: %(reason)s")
        % {"who": page.facts.returned_by, "reason": page.facts.reason},
        _("Answer"),
        _("The payors are asked again."),
        lambda: actions.answer(
            by=access, number=number_of(page), says=form.cleaned_data["says"], on=access.on
        ),
        facts_of(page),
        warning=_(
            "A statement never changes. What is wrong in it is put right by a correction in the "
            "next one: say so here."
        ),
    )
    return do(request, doing, form, back=url_of("period", access, page))


def _seen_now(access: Access, period: int) -> SeenForm:
    """The hidden checksum of the results as they are while the page is shown."""
    return SeenForm(initial={"seen": shown_checksum(open_folder(access.initiative.path), period)})
