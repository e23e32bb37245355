"""Each step of the way: what will be done, and the button that does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payforsuccess.deal.approvals import same_person
from payforsuccess.errors import Refusal
from payforsuccess.governance.payment_cycle import StepName
from payforsuccess.governance.roles.cases import Case
from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.initiative.disputes import Objection
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.accounts.fresh import freshly_signed_in
from payforsuccess.web.payments import actions
from payforsuccess.web.payments.book import PeriodPage
from payforsuccess.web.payments.forms import (
    AnswerForm,
    DisputeForm,
    ReasonForm,
    SeenForm,
    SettledForm,
    WarrantForm,
)
from payforsuccess.web.payments.results import shown_checksum
from payforsuccess.web.payments.shown import facts_of, results_table
from payforsuccess.web.payments.turns import (
    is_asked_to_approve,
    may_object,
    may_return,
    page_of,
    period_words,
    url_of,
    whose_turn,
)
from payforsuccess.web.ui.tables import Table
from payforsuccess.web.ui.told import told_problem

ALREADY: dict[StepName, str | Promise] = {
    "determined": gettext_lazy("It is signed already."),
    "stated": gettext_lazy("It is issued already."),
    "answered": gettext_lazy("It is answered already."),
    "approved": gettext_lazy("It is approved already."),
    "paid": gettext_lazy("It is paid already."),
}
"""What is said to whoever does a step again that was done."""


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
    page = _due(request, access, period, "determined")
    if isinstance(page, HttpResponse):
        return page
    form = _seen(request, access, period)
    doing = Doing(
        _("Sign the results"),
        _("You determine these results for the evaluator. Only signed results are paid."),
        _("Sign the results"),
        _("The results are signed."),
        lambda: actions.sign_results(
            by=access, period=period, on=access.on, seen=form.cleaned_data["seen"]
        ),
        warning=_("A signed result is never changed. A later one takes its place, with a reason."),
    )
    return _do(request, access, page, doing, form=form, results=results_table(access, period))


@needs("prepare-statements")
@freshly_signed_in
def state(request: HttpRequest, access: Access, period: int) -> HttpResponse:
    """The coordinator issues the statement of a period."""
    page = _due(request, access, period, "stated")
    if isinstance(page, HttpResponse):
        return page
    form = _seen(request, access, period)
    doing = Doing(
        _("Issue the statement"),
        _("The amounts are computed from the signed results and the terms in force."),
        _("Issue the statement"),
        _("The statement is issued."),
        lambda: actions.state(
            by=access, period=period, on=access.on, seen=form.cleaned_data["seen"]
        ),
        warning=_("An issued statement never changes. You cannot approve a statement you issued."),
    )
    return _do(request, access, page, doing, form=form)


@needs("approve-payments", case=Case(person="anyone", prepared_by=("the office",)))
@freshly_signed_in
def approve(request: HttpRequest, access: Access, period: int) -> HttpResponse:
    """A person of a payor approves the statement."""
    page = _due(request, access, period, "approved")
    if isinstance(page, HttpResponse):
        return page
    if not is_asked_to_approve(access, page):
        return _back(request, access, page, whose_turn(page))
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


@needs("prepare-statements")
@freshly_signed_in
def answer(request: HttpRequest, access: Access, period: int) -> HttpResponse:
    """The office answers a payor's reason, and puts the statement before the payors again."""
    page = _due(request, access, period, "answered")
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
        warning=_(
            "A statement never changes. What is wrong in it is put right by a correction in the "
            "next one: say so here."
        ),
    )
    return _do(request, access, page, doing, form=form, facts=facts_of(page))


@needs("mark-paid", case=Case(person="anyone", approved_by=("one person", "another one")))
@freshly_signed_in
def warrant(request: HttpRequest, access: Access, period: int) -> HttpResponse:
    """The Auditor-Controller's office enters the warrant of a payment."""
    page = _due(request, access, period, "paid")
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


def _due(
    request: HttpRequest, access: Access, period: int, step: StepName
) -> PeriodPage | HttpResponse:
    """The period at a step that is due; the way back to it where the step was done; else 404.

    A second press of a button, and the browser's way back, end at the period with a message.
    """
    page = page_of(access, period)
    current = page.cycle.current
    if current is not None and current.name == step:
        approved = page.standing.approved if page.standing else ()
        if step == "approved" and same_person(access.user.full_name) in {a.who for a in approved}:
            return _back(request, access, page, _("You have approved it already."))
        return page
    if any(each.name == step and each.standing == "done" for each in page.cycle.steps):
        return _back(request, access, page, str(ALREADY[step]))
    if current is not None and current.name in ("answered", "objections"):
        return _back(request, access, page, whose_turn(page))
    raise Http404


def _seen(request: HttpRequest | None, access: Access, period: int) -> SeenForm:
    """The hidden checksum of the results as they are while the page is shown."""
    posted = request.POST or None if request is not None else None
    if posted is not None:
        return SeenForm(posted)
    return SeenForm(initial={"seen": shown_checksum(open_folder(access.initiative.path), period)})


def _back(request: HttpRequest, access: Access, page: PeriodPage, words: str) -> HttpResponse:
    messages.info(request, words)
    return redirect(url_of("period", access, page))


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
            if isinstance(form, SeenForm):  # shown now are the results of now
                form = _seen(None, access, page.period.number)
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
