"""The checks that a validator reads before a determination (gaming)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.desk.risk import checks_of
from payforsuccess.web.jobs.permissions import CHECKING
from payforsuccess.web.jobs.queries import newest
from payforsuccess.web.jobs.views import address as job_address
from payforsuccess.web.ui import cells
from payforsuccess.web.ui.tables import Column, Row, Table


@needs("validate-determinations", case=CHECKING)
def checks(request: HttpRequest, access: Access) -> HttpResponse:
    """Each check with its counts and ranges; what stands out comes first."""
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
        "job": job,
        "job_url": job and job_address(access, job),
        "ask_url": reverse("jobs:ask", args=[access.initiative.slug, "checks"]),
    }
    return render(request, "desk/checks.html", context)
