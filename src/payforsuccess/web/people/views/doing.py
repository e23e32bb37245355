"""One form, one action: the pattern of every page on which something is recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from payforsuccess.errors import Refusal
from payforsuccess.web.people.words import Text
from payforsuccess.web.ui.told import told_problem

Said = dict[str, Any]


def do(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[Said], object],
    *,
    heading: Text,
    done: Text,
    back: str,
    lead: Text = "",
    submit: Text = "",
    template: str = "people/do.html",
    more: Mapping[str, object] | None = None,
) -> HttpResponse:
    """The form; once it is filled in rightly, the action, and back with what was done.

    What the action refuses stands above the form, with all that was written still in it. Where
    `act` gives words, they are said in the place of `done`.
    """
    if request.method == "POST" and form.is_valid():
        try:
            answer = act(form.cleaned_data)
        except Refusal as refusal:
            for problem in refusal.problems:
                form.add_error(None, told_problem(problem))
        else:
            messages.success(request, answer if isinstance(answer, str) else str(done))
            return redirect(back)
    context = {
        "form": form,
        "heading": heading,
        "lead": lead,
        "submit": submit or heading,
        "back": back,
        **(more or {}),
    }
    return render(request, template, context)
