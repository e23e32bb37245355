"""One thing that is put in the books: entered, looked over, and only then kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from payforsuccess.errors import Refusal
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.investor.forms import CapitalForm, Fact
from payforsuccess.web.ui.told import told_problem


@dataclass(frozen=True)
class Doing:
    """What the page says, what then happens, and what is said of it afterwards.

    run: takes what was entered. done: says what came of it. back: the page to go to then.
    """

    heading: str
    lead: str
    submit: str
    run: Callable[[dict[str, Any]], Any]
    done: Callable[[Any], str]
    back: str = ""
    warning: str = ""
    facts: Sequence[Fact] = ()
    is_dangerous: bool = False


def do(
    request: HttpRequest, access: Access, doing: Doing, form: CapitalForm | None = None
) -> HttpResponse:
    """The form, then the page to look it over, then the deed; without a form the last two alone.

    What is refused stands above the form, with all that was entered still in it.
    """
    back = doing.back or reverse("investor:capital", args=[access.initiative.slug])
    problems: list[str] = []
    is_entered = form is None or (
        request.method == "POST" and "change" not in request.POST and form.is_valid()
    )
    if request.method == "POST" and is_entered and "confirmed" in request.POST:
        try:
            found = doing.run(form.cleaned_data if form is not None else {})
        except Refusal as refusal:
            problems, is_entered = [told_problem(each) for each in refusal.problems], form is None
        else:
            messages.success(request, doing.done(found))
            return redirect(back)
    entered = form.entered() if form is not None and is_entered else []
    context = {
        "heading": doing.heading,
        "lead": doing.lead if not entered else _("Nothing is kept yet. Is it right?"),
        "submit": doing.submit,
        "warning": doing.warning,
        "is_dangerous": doing.is_dangerous,
        "form": form,
        "facts": [*doing.facts, *entered],
        "is_review": is_entered,
        "problems": problems,
        "cancel": back,
    }
    return render(request, "investor/do.html", context, status=409 if problems else 200)
