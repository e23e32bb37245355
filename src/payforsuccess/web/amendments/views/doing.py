"""The page before something is done for good."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from payforsuccess.errors import Refusal
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.amendments import shown
from payforsuccess.web.amendments.queries import Standing


def do(
    request: HttpRequest,
    access: Access,
    standing: Standing,
    context: dict[str, object],
    run: Callable[[], None],
) -> HttpResponse:
    """Show what will be done; do it once the person says so; tell what keeps it from being done."""
    back = shown.url_of("one", access, standing)
    form = cast("Form | None", context.get("form"))
    problems: list[str] = []
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            run()
        except Refusal as refusal:
            problems = [shown.problem_words(problem) for problem in refusal.problems]
        else:
            return redirect(back)
    context |= {"cancel": back, "problems": problems}
    return render(request, "amendments/do.html", context, status=409 if problems else 200)
