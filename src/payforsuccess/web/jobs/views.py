"""Jobs on pages: all of them, one with its progress, asking for one, cancelling one."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from payforsuccess.errors import Refusal
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.jobs import actions
from payforsuccess.web.jobs.models import DONE, KINDS, Job
from payforsuccess.web.jobs.permissions import ASKING, CHECKING, SEEING, kinds_for, may_ask
from payforsuccess.web.jobs.queries import visible_to
from payforsuccess.web.jobs.steps import words_of
from payforsuccess.web.jobs.words import STATE_OF, next_of, results_of
from payforsuccess.web.ui import cells
from payforsuccess.web.ui.tables import Column, Table
from payforsuccess.web.ui.told import told

KIND_WORDS = dict(KINDS)
ON_A_PAGE = 25


@needs(*SEEING, case=CHECKING)
def all_of_them(request: HttpRequest, access: Access) -> HttpResponse:
    """Every job of the initiative, the newest first, and what one may ask for."""
    page = Paginator(visible_to(access), ON_A_PAGE).get_page(request.GET.get("page"))
    table = Table(
        caption=_("Work that was asked for, the newest first"),
        columns=(
            Column(_("Work")),
            Column(_("Asked for")),
            Column(_("By")),
            Column(_("State")),
        ),
        rows=[
            (
                cells.link(job.get_kind_display(), address(access, job)),
                cells.instant(job.asked_at),
                job.asked_by.full_name,
                _state(job),
            )
            for job in page
        ],
        empty=_("Nobody asked for anything yet."),
    )
    kinds = [(kind, KIND_WORDS[kind]) for kind in kinds_for(access)]
    context = {"table": table, "page": page, "kinds": kinds}
    return render(request, "jobs/list.html", context)


@needs(*SEEING, case=CHECKING)
def one(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """One job: how far it is, what came of it, what went wrong and what to do."""
    return render(request, "jobs/one.html", _context(access, _job(access, code)))


@needs(*SEEING, case=CHECKING)
def progress(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """The part of the page that is asked for again every few seconds while the job is open.

    Once it is over the answer is all that the page says, so that its heading and buttons are right
    too. The page is not loaded anew: that would renew the session of somebody who is not there.
    """
    job = _job(access, code)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(address(access, job))
    if job.is_open:
        return render(request, "jobs/progress.html", _context(access, job))
    answer = render(request, "jobs/one.html", _context(access, job))
    for name, value in (
        ("Retarget", "#content"),
        ("Reselect", "#content"),
        ("Reswap", "outerHTML"),
    ):
        answer[f"HX-{name}"] = value
    return answer


@needs(*SEEING, case=CHECKING)
def ask_for(request: HttpRequest, access: Access, kind: str) -> HttpResponse:
    """What the work does, and the button that asks for it."""
    if kind not in ASKING:
        raise Http404
    may_ask(access, kind)
    if request.method == "POST":
        job = actions.ask(by=access, kind=kind)
        messages.success(request, _("The work was asked for. This page shows how far it is."))
        return redirect(address(access, job))
    context = {
        "heading": KIND_WORDS[kind],
        "lead": _says(kind),
        "submit": _("Do this now"),
        "cancel": reverse("jobs:list", args=[access.initiative.slug]),
        "facts": [],
    }
    return render(request, "ui/confirm.html", context)


@needs(*SEEING, case=CHECKING)
def cancel_it(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """Ask once more, then cancel."""
    job = _job(access, code)
    may_ask(access, job.kind)
    back = address(access, job)
    if request.method == "POST":
        try:
            actions.cancel(by=access, job=job)
        except Refusal as refusal:
            messages.warning(request, told(refusal.problems[0].what))
        else:
            messages.success(request, _("The work was cancelled. Nothing of it was kept."))
        return redirect(back)
    context = {
        "heading": _("Cancel this work"),
        "lead": _("What it did so far is thrown away. What was there before it stays as it was."),
        "facts": [(_("Work"), job.get_kind_display()), (_("State"), _state(job))],
        "submit": _("Cancel the work"),
        "cancel": back,
        "is_dangerous": True,
    }
    return render(request, "ui/confirm.html", context)


def address(access: Access, job: Job) -> str:
    """Where a job is shown."""
    return reverse("jobs:one", args=[access.initiative.slug, job.public_id])


def _job(access: Access, code: str) -> Job:
    job = visible_to(access).filter(public_id=code).first()
    if job is None:
        raise Http404
    return job


def _state(job: Job) -> object:
    word, tone = STATE_OF[job.state]
    return cells.status(word=word, tone=tone)


def _context(access: Access, job: Job) -> dict[str, object]:
    slug = access.initiative.slug
    is_own = job.kind in kinds_for(access)
    word, tone = STATE_OF[job.state]
    facts: list[tuple[object, object]] = [
        (_("State"), cells.status(word=word, tone=tone)),
        (_("Asked for by"), job.asked_by.full_name),
        (_("Asked for"), cells.instant(job.asked_at)),
        (_("Began"), cells.instant(job.began_at)),
        (_("Ended"), cells.instant(job.ended_at)),
    ]
    if job.tries > 1:
        facts.append((_("Tries"), job.tries))
    return {
        "job": job,
        "name": job.get_kind_display(),
        "facts": facts,
        "step": words_of(job.progress),
        "next": next_of(job),
        "next_url": _next_url(access, job),
        "results": list(results_of(job)) if job.state == DONE else [],
        "findings": job.result.get("findings", []) if job.state == DONE else [],
        "own_url": address(access, job),
        "progress_url": reverse("jobs:progress", args=[slug, job.public_id]),
        "cancel_url": reverse("jobs:cancel", args=[slug, job.public_id]) if is_own else "",
        "again_url": reverse("jobs:ask", args=[slug, job.kind]) if is_own else "",
    }


def _next_url(access: Access, job: Job) -> str:
    """The page on which the next thing is done, for whoever may open it."""
    slug = access.initiative.slug
    if job.state == DONE and job.kind == "checks" and "checks" in kinds_for(access):
        return reverse("desk:checks", args=[slug])
    if job.state == DONE and job.kind == "report" and "report" in kinds_for(access):
        return reverse("desk:report", args=[slug])
    if job.state == DONE and job.kind == "load":
        return reverse("desk:feeds", args=[slug])
    if job.state == DONE and job.kind == "measure" and access.may("see-terms-and-statements"):
        return reverse("payments:list", args=[slug])
    return ""


def _says(kind: str) -> str:
    return {
        "load": _(
            "Writes what is recorded here as feeds, reads every feed under its agreement, and "
            "reports on its quality. Either all of it is kept or nothing."
        ),
        "link": _("Matches the people of the agencies’ files as the deal’s plan says."),
        "measure": _(
            "Reads the feeds, measures each outcome, and drafts a statement. The evaluator signs "
            "the results before anything is paid."
        ),
        "evaluate": _("Estimates the effects as the evaluation’s plans say."),
        "report": _("Writes the evaluator’s report, with small numbers hidden."),
        "checks": _(
            "Looks for numbers that bend around payments, for the validator to read before a "
            "determination."
        ),
        "pack": _("Makes the quarter’s pack for investors, from what is known today."),
        "standing": _("Reads the records again, and starts the forecast from the signed results."),
        "audit-pack": _("Makes what an auditor needs to test a statement."),
        "log-check": _("Computes the seal of each entry of the log again."),
    }[kind]
