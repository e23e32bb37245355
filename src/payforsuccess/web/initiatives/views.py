"""Where someone begins, how the initiative stands, and what everyone may know of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from payforsuccess.deal.public_risk import HONEST
from payforsuccess.governance.roles.cases import Case
from payforsuccess.runs.folder import open_folder
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.initiatives import overview_tables as tables
from payforsuccess.web.initiatives.levels import levels_table
from payforsuccess.web.initiatives.money import money_of
from payforsuccess.web.initiatives.overview import Overview
from payforsuccess.web.initiatives.public import public_context
from payforsuccess.web.initiatives.targets import outcomes_table, targets_table
from payforsuccess.web.initiatives.worked_out import kept_in
from payforsuccess.web.jobs import actions as jobs
from payforsuccess.web.jobs.models import DONE, Job
from payforsuccess.web.jobs.steps import words_of


@needs("see-public-summary")
def start(request: HttpRequest, access: Access) -> HttpResponse:
    """The page on which a person's day begins: the one of their role."""
    own = Case(is_own=True)
    if access.may("see-own-caseload", own):
        name = "people:today"
    elif access.may("see-own-referrals", own) or access.may("answer-referrals"):
        name = "referrals:list"
    elif access.may("see-terms-and-statements"):
        name = "payments:list"
    elif access.may("review-links", Case()):
        name = "desk:links"
    elif access.may("see-outcomes-by-arm", Case(is_planned_look=True)):
        name = "initiatives:arms"
    else:
        name = "initiatives:overview"
    return redirect(reverse(name, args=[access.initiative.slug]))


@needs("see-public-summary")
def overview(request: HttpRequest, access: Access) -> HttpResponse:
    """How the initiative stands; for whoever may not see totals, what everyone may know."""
    if not access.may("see-totals"):
        return summary(request, initiative=access.initiative.slug)
    page = Overview(access)
    found, on_record = page.worked_out, page.on_record
    currency = page.deal.currency
    context: dict[str, object] = {"page": page, "deal": page.deal, "found": found}
    if found is not None:
        context["track"] = tables.track_table(page.deal, found, sees_small=page.sees_small)
    if page.sees_money:
        context["money"] = money_of(page.book)
        if found is not None and found.years:
            context["chart"] = tables.years_chart(found, currency)
            context["years"] = tables.years_table(found, currency)
    if on_record is not None:
        context |= {
            "costs": tables.costs_table(on_record, currency),
            "milestones": tables.milestones_table(on_record, on=access.on),
            "actions": tables.actions_table(on_record, page.deal, on=access.on),
            "risks": tables.risks_table(on_record),
            "meetings": tables.meetings_table(on_record, on=access.on),
        }
    lead, own = page.served_by
    context |= {
        "lead_agency": lead,
        "own": own,
        "targets": targets_table(page.deal, found, own) if own else None,
        "levels": levels_table(page.deal, on_record, found, sees_small=page.sees_small),
        "outcomes": outcomes_table(page.deal),
        "honest": HONEST,
    }
    return render(request, "initiatives/overview.html", context)


@needs("keep-initiative")
def work_out(request: HttpRequest, access: Access) -> HttpResponse:
    """Ask for standing and forecast to be worked out anew, and show how far that is."""
    here = reverse("initiatives:work-out", args=[access.initiative.slug])
    if request.method == "POST":
        jobs.ask(by=access, kind="standing")
        messages.success(request, _("It was asked for. This page shows how far it is."))
        return redirect(here)
    found = kept_in(open_folder(access.initiative.path))
    job = Job.objects.filter(initiative=access.initiative, kind="standing").first()
    context = {
        "heading": _("Work out standing and forecast"),
        "lead": _(
            "The records are read again, and the forecast starts from the results signed so far. "
            "It takes up to a minute, and goes on if you leave the page."
        ),
        "submit": _("Work them out"),
        "facts": [],
        "cancel": reverse("initiatives:overview", args=[access.initiative.slug]),
        "job": job,
        "step": words_of(job.progress) if job else "",
        "why_not": list(found.why_not.values()) if found and job and job.state == DONE else [],
    }
    return render(request, "initiatives/work_out.html", context)


@needs("see-public-summary")
def summary(request: HttpRequest, access: Access) -> HttpResponse:
    """What everyone may know: goals, parties, terms, results and payments, and what is left out."""
    return render(request, "initiatives/summary.html", public_context(access))
