"""The page of a step: what will be done, and the button that does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payforsuccess.deal.approvals import same_person
from payforsuccess.errors import Refusal
from payforsuccess.governance.payment_cycle import StepName
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.payments.book import PeriodPage
from payforsuccess.web.payments.turns import page_of, url_of, whose_turn
from payforsuccess.web.ui.tables import Table
from payforsuccess.web.ui.told import told_problem

Fact = tuple[str, object]
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
    """A step that someone is about to do: what the page says, and what then happens.

    renewed: the form to show after a refusal, where it is not the one that was sent.
    """

    heading: str
    lead: str | Promise
    submit: str
    done: str
    run: Callable[[], object]
    facts: Sequence[Fact]
    warning: str = ""
    is_dangerous: bool = False
    results: Table | None = None
    renewed: Callable[[], Form] | None = None


def due(
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
            return back_to(request, access, page, _("You have approved it already."))
        return page
    if any(each.name == step and each.standing == "done" for each in page.cycle.steps):
        return back_to(request, access, page, str(ALREADY[step]))
    if current is not None and current.name in ("checked", "answered", "objections"):
        return back_to(request, access, page, whose_turn(page))
    raise Http404


def back_to(request: HttpRequest, access: Access, page: PeriodPage, words: str) -> HttpResponse:
    """The period's page, with a message."""
    messages.info(request, words)
    return redirect(url_of("period", access, page))


def do(request: HttpRequest, doing: Doing, form: Form | None = None, *, back: str) -> HttpResponse:
    """Show what will be done; do it once the person says so; tell what keeps it from being done."""
    problems: list[str] = []
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            doing.run()
        except Refusal as refusal:
            problems = [told_problem(problem) for problem in refusal.problems]
            form = doing.renewed() if doing.renewed else form
        else:
            messages.success(request, doing.done)
            return redirect(back)
    context = {
        "heading": doing.heading,
        "lead": doing.lead,
        "submit": doing.submit,
        "warning": doing.warning,
        "is_dangerous": doing.is_dangerous,
        "form": form,
        "facts": doing.facts,
        "results": doing.results,
        "problems": problems,
        "cancel": back,
    }
    return render(request, "payments/do.html", context, status=409 if problems else 200)
