"""Payments held against the paying office's books: the page, a new list, an explanation."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from payforsuccess.errors import Problem, Refusal
from payforsuccess.payments.reconciled import HeldAgainst, difference_of
from payforsuccess.runs.statement.reconcile import Reconciliation, reconciliation
from payforsuccess.units import money_text
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.payments import actions
from payforsuccess.web.payments.books_words import NEXT, books_table, standing_words
from payforsuccess.web.payments.forms import BooksForm, ExplanationForm
from payforsuccess.web.payments.permissions import OF_BOOKS, PAYING, keeps_books
from payforsuccess.web.ui import cells
from payforsuccess.web.ui.told import told_problem

MOST_TOLD = 20


@needs(*OF_BOOKS, case=PAYING)
def books(request: HttpRequest, access: Access) -> HttpResponse:
    """How every payment stands against the books, what does not close first."""
    made = reconciliation(access.initiative.path)
    found, code = made.found, made.currency
    keeps = keeps_books(access)
    context = {
        "found": found,
        "keeps": keeps,
        "table": books_table(access, made, keeps=keeps),
        "open": len(found.open),
        "sums": [
            (_("On record here"), money_text(found.here, code, code=True)),
            (_("In the books"), money_text(found.there, code, code=True)),
            (_("Apart"), money_text(found.here - found.there, code, code=True)),
            (_("Of that explained"), money_text(found.explained, code, code=True)),
            (_("Not explained"), money_text(found.not_explained, code, code=True)),
            (_("The lists tell of the days through"), cells.day(found.through)),
        ],
        "list_url": reverse("payments:books-list", args=[access.initiative.slug]),
    }
    return render(request, "payments/books.html", context)


@needs("mark-paid", case=PAYING)
def bring(request: HttpRequest, access: Access) -> HttpResponse:
    """Bring a list of the books as a file, or type its lines."""
    form = BooksForm(request.POST or None, request.FILES or None, initial={"through": access.on})
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            made = _take(access, form)
        except Refusal as refusal:
            problems = [_by_row(problem) for problem in refusal.problems[:MOST_TOLD]]
        else:
            _tell(request, made)
            return redirect(reverse("payments:books", args=[access.initiative.slug]))
    context = {
        "form": form,
        "problems": problems,
        "cancel": reverse("payments:books", args=[access.initiative.slug]),
    }
    return render(request, "payments/books_list.html", context, status=409 if problems else 200)


@needs("mark-paid", case=PAYING)
def explain(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """Say why a difference stands."""
    made = reconciliation(access.initiative.path)
    line = difference_of(made.found, code)
    if line is None:
        raise Http404
    form = ExplanationForm(request.POST or None)
    back = reverse("payments:books", args=[access.initiative.slug])
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.explain(by=access, code=code, reason=form.cleaned_data["reason"], on=access.on)
        except Refusal as refusal:
            problems = [told_problem(problem) for problem in refusal.problems]
        else:
            messages.success(request, _("The explanation is on record."))
            return redirect(back)
    context = {
        "heading": _("Explain a difference"),
        "lead": NEXT[line.standing],
        "facts": _facts(line, made.currency),
        "warning": _(
            "Explain it only when it cannot be mended. The reason stays on record, and the "
            "difference is open again once an amount or a day of it changes."
        ),
        "form": form,
        "problems": problems,
        "submit": _("Put it on record"),
        "cancel": back,
    }
    return render(request, "payments/do.html", context, status=409 if problems else 200)


def _take(access: Access, form: BooksForm) -> Reconciliation:
    """Have the list taken from a file that nobody else reads and that goes again."""
    said = form.cleaned_data
    with TemporaryDirectory() as folder:
        file = Path(folder) / "list.csv"
        if said["file"] is not None:
            file.write_bytes(said["file"].read())
        else:
            with file.open("w", encoding="utf-8", newline="") as out:
                csv.writer(out).writerows([("number", "date", "amount", "vendor"), *said["lines"]])
        return actions.take_books(
            by=access, file=file, since=said["since"], through=said["through"], on=access.on
        )


def _tell(request: HttpRequest, made: Reconciliation) -> None:
    if made.found.closes:
        messages.success(request, _("The list is on record, and everything agrees."))
    else:
        messages.warning(request, _("The list is on record. Look at what does not close."))
    left_out = made.added.listed.left_out if made.added and made.added.listed else 0
    if left_out:
        said = _("%(n)d rows of other vendors were not kept.") % {"n": left_out}
        messages.info(request, said)


def _by_row(problem: Problem) -> str:
    """The row of the list, and what is wrong in it."""
    line = problem.where.line if problem.where else None
    row = _("Row %(n)d:") % {"n": line} + " " if line else ""
    return f"{row}{told_problem(problem)}"


def _facts(line: HeldAgainst, currency: str) -> Sequence[tuple[str, object]]:
    word, _tone = standing_words(line)
    return [
        (_("Warrant"), line.number or _("no number")),
        (_("How it stands"), word),
        (_("On record here"), _amount_and_day(line.here, line.here_on, currency)),
        (_("In the books"), _amount_and_day(line.there, line.there_on, currency)),
        (_("Vendor in the books"), line.vendor or cells.missing()),
    ]


def _amount_and_day(minor: int | None, on: object, currency: str) -> object:
    if minor is None:
        return cells.missing(_("nothing"))
    return f"{money_text(minor, currency, code=True)}, {cells.day_words(on)}"  # type: ignore[arg-type]
