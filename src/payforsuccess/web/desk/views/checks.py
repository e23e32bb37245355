"""The checks that a validator reads before a determination (gaming)."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from payforsuccess.errors import Problem, Refusal
from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.statement.run_behind import newest_run
from payforsuccess.runs.track.looked import are_of_newest, checks_made, look_at_newest
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.desk import actions
from payforsuccess.web.desk.forms import EntriesForm
from payforsuccess.web.desk.intake import hold, staging
from payforsuccess.web.desk.risk import checks_of
from payforsuccess.web.jobs.permissions import CHECKING
from payforsuccess.web.jobs.queries import newest
from payforsuccess.web.jobs.views import address as job_address
from payforsuccess.web.ui import cells
from payforsuccess.web.ui.tables import Column, Row, Table


@needs("validate-determinations", case=CHECKING)
def checks(request: HttpRequest, access: Access) -> HttpResponse:
    """Each check with its counts and ranges, what stands out first; who read them says so."""
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            actions.note_checks_read(by=access, seen=request.POST.get("seen", ""))
        except Refusal as refusal:
            problems = tuple(refusal.problems)
        else:
            messages.success(request, _("It is on record that you read them."))
            return redirect("desk:checks", access.initiative.slug)
    folder = open_folder(access.initiative.path)
    made, look, is_newest = checks_made(folder), look_at_newest(folder), are_of_newest(folder)
    found = checks_of(access.initiative)
    job = newest(access, "checks")
    rows = []
    for check in sorted(found.checks if found else (), key=lambda one: not one.stands_out):
        if check.not_checked:
            state = cells.status(word=_("Not checked"), tone="unknown")
        elif check.stands_out:
            state = cells.status(word=_("Stands out"), tone="watch")
        else:
            state = cells.status(word=_("Nothing stands out"), tone="good")
        rows.append(
            Row(
                (
                    check.name,
                    state,
                    check.looked_at or check.not_checked,
                    check.beside or cells.missing(),
                ),
                is_urgent=check.stands_out,
            )
        )
    context = {
        "found": found,
        "standing_out": sum(check.stands_out for check in found.checks) if found else 0,
        "not_made": sum(bool(check.not_checked) for check in found.checks) if found else 0,
        "table": Table(
            caption=_("Checks before a determination"),
            columns=(
                Column(_("Check")),
                Column(_("Finding")),
                Column(_("What was looked at")),
                Column(_("What it stands beside")),
            ),
            rows=rows,
            empty=_("Nothing was looked for yet."),
        ),
        "problems": problems,
        "is_old": newest_run(folder) is not None and not is_newest,
        "look": look,
        "seen": made.checksum if made and is_newest else "",
        "job": job,
        "job_url": job and job_address(access, job),
        "ask_url": reverse("jobs:ask", args=[access.initiative.slug, "checks"]),
        "entries_url": reverse("desk:entries", args=[access.initiative.slug]),
    }
    return render(request, "desk/checks.html", context, status=409 if problems else 200)


@needs("validate-determinations", case=CHECKING)
def entries(request: HttpRequest, access: Access) -> HttpResponse:
    """Give the provider's list of entries, by which back-dated ones are counted."""
    form = EntriesForm(request.POST or None, request.FILES or None)
    problems: tuple[Problem, ...] = ()
    back = reverse("desk:checks", args=[access.initiative.slug])
    if request.method == "POST" and form.is_valid():
        try:
            with staging(Path(settings.HOME)) as folder:
                held = hold(form.cleaned_data["file"].chunks(), folder)
                found = actions.take_entries(by=access, held=held)
        except Refusal as refusal:
            problems = tuple(refusal.problems)
        else:
            messages.success(
                request, _("The list is kept. %(said)s") % {"said": found.looked_at or ""}
            )
            return redirect(reverse("jobs:ask", args=[access.initiative.slug, "checks"]))
    context = {"form": form, "problems": problems, "back": back}
    return render(request, "desk/entries.html", context, status=409 if problems else 200)
