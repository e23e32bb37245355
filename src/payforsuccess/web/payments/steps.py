"""Each step of the way: what will be done, and the button that does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from payforsuccess.errors import Refusal
from payforsuccess.governance.roles.cases import Case
from payforsuccess.runs.initiative.disputes import Objection
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.accounts.fresh import freshly_signed_in
from payforsuccess.web.payments import actions
from payforsuccess.web.payments.book import PeriodPage
from payforsuccess.web.payments.forms import DisputeForm, ReasonForm, SettledForm, WarrantForm
from payforsuccess.web.payments.shown import facts_of, results_table
from payforsuccess.web.payments.turns import may_object, may_return, page_of, period_words, url_of
from payforsuccess.web.ui.tables import Table
from payforsuccess.web.ui.told import told_problem


@dataclass(frozen=True)
class Doing:
    """A step that someone is about to do: what the page says, and what then happens."""

    heading: str
    lead: str
    submit: str
    done: str
    run: Callable[[], object]
    warning: str = ""
    is_dangerous: bool = False


@needs("determine-outcomes", case=Case())
@freshly_signed_in
def sign(request: HttpRequest, access: Access, period: int) -> HttpResponse:
    """The evaluator signs the results of a period."""
    page = page_of(access, period, at="determined")
    doing = Doing(
        _("Sign the results"),
        _("You determine these results for the evaluator. Only signed results are paid."),
        _("Sign the results"),
        _("The results are signed."),
        lambda: actions.sign_results(by=access, period=period, on=access.on),
        warning=_("A signed result is never changed. A later one takes its place, with a reason."),
    )
    return _do(request, access, page, doing, results=results_table(access, period))


@needs("prepare-statements")
@freshly_signed_in
def state(request: HttpRequest, access: Access, period: int) -> HttpResponse:
    """The coordinator issues the statement of a period."""
    page = page_of(access, period, at="stated")
    doing = Doing(
        _("Issue the statement"),
        _("The amounts are computed from the signed results and the terms in force."),
        _("Issue the statement"),
        _("The statement is issued."),
        lambda: actions.state(by=access, period=period, on=access.on),
        warning=_("An issued statement never changes. You cannot approve a statement you issued."),
    )
    return _do(request, access, page, doing)


@needs("approve-payments", case=Case(person="anyone", prepared_by=("the office",)))
@freshly_signed_in
def approve(request: HttpRequest, access: Access, period: int) -> HttpResponse:
    """A person of a payor approves the statement."""
    page = page_of(access, period, at="approved")
    doing = Doing(
        _("Approve the payment"),
        _("Two people approve each payment, one of each payor with a part in it."),
        _("Approve the payment"),
        _("Your approval is on record."),
        lambda: actions.approve(by=access, number=number_of(page), on=access.on),
    )
    return _do(request, access, page, doing, facts=facts_of(page))


@needs("approve-payments", case=Case(person="anyone", prepared_by=("the office",)))
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
            by=access,
            number=number_of(page),
            reason=form.cleaned_data["reason"],
            on=access.on,
        ),
        is_dangerous=True,
    )
    return _do(request, access, page, doing, form=form, facts=facts_of(page))


@needs("mark-paid", case=Case(person="anyone", approved_by=("one person", "another one")))
@freshly_signed_in
def warrant(request: HttpRequest, access: Access, period: int) -> HttpResponse:
    """The Auditor-Controller's office enters the warrant of a payment."""
    page = page_of(access, period, at="paid")
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
            today=timezone.localdate(),
        ),
    )
    return _do(request, access, page, doing, form=form, facts=facts_of(page))


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
    )
    return _do(request, access, page, doing, form=form, facts=facts_of(page))


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
    )
    return _do(request, access, page, doing, form=form, facts=facts_of(page))


def _do(
    request: HttpRequest,
    access: Access,
    page: PeriodPage,
    doing: Doing,
    *,
    form: Form | None = None,
    facts: list[tuple[str, object]] | None = None,
    results: Table | None = None,
) -> HttpResponse:
    """Show what will be done; do it once the person says so; tell what keeps it from being done."""
    problems: list[str] = []
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            doing.run()
        except Refusal as refusal:
            problems = [told_problem(problem) for problem in refusal.problems]
        else:
            messages.success(request, doing.done)
            return redirect(url_of("period", access, page))
    context = {
        "heading": doing.heading,
        "lead": doing.lead,
        "submit": doing.submit,
        "warning": doing.warning,
        "is_dangerous": doing.is_dangerous,
        "form": form,
        "facts": facts or [(_("Period"), period_words(page))],
        "results": results,
        "problems": problems,
        "cancel": url_of("period", access, page),
    }
    status = 409 if problems else 200
    return render(request, "payments/do.html", context, status=status)


def number_of(page: PeriodPage) -> int:
    """The number of the statement; a page without one is a bug."""
    assert page.statement is not None
    return page.statement.number
