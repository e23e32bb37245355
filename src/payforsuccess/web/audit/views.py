"""The log on pages: search it, check its chain, take it out, and see whose records were opened."""

from __future__ import annotations

from hashlib import sha256

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from payforsuccess.errors import Refusal
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.accounts.fresh import freshly_signed_in
from payforsuccess.web.audit import shown
from payforsuccess.web.audit.actions import Subject, record
from payforsuccess.web.audit.checking import KIND, last_check, standing
from payforsuccess.web.audit.export import write_log
from payforsuccess.web.audit.forms import ExportForm, OpenedForm, SearchForm
from payforsuccess.web.audit.queries import (
    Asked,
    opened_by,
    search,
    visible_to,
)
from payforsuccess.web.jobs.actions import ask
from payforsuccess.web.jobs.models import OPEN, Job
from payforsuccess.web.jobs.steps import words_of
from payforsuccess.web.ui.told import told_problem


@needs("see-audit-log")
def log(request: HttpRequest, access: Access) -> HttpResponse:
    """The newest first; by account, by what was done, by what it was done to, by days."""
    form = SearchForm(access, request.GET or None)
    form.is_valid()
    page = Paginator(search(access, form.asked), 50).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "table": shown.events(access, page),
        "is_narrowed": form.asked != Asked(),
        "last": last_check(),
        "links": _links(access),
    }
    return render(request, "audit/log.html", context)


@needs("see-audit-log")
def entry(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """One entry with all that its seal stands for."""
    event = visible_to(access).filter(number=number).first()
    if event is None:
        raise Http404
    context = {"event": event, "groups": shown.entry(access, event), "links": _links(access)}
    return render(request, "audit/entry.html", context)


@needs("see-audit-log")
def check(request: HttpRequest, access: Access) -> HttpResponse:
    """The last check of the whole chain and what was written since; a button checks all anew."""
    if request.method == "POST":
        ask(by=access, kind=KIND)
        messages.success(request, _("The check was asked for. This page shows how far it is."))
        return redirect(_links(access)["check"])
    job = Job.objects.filter(initiative=access.initiative, kind=KIND, state__in=OPEN).first()
    context = {
        "now": standing(),
        "job": job,
        "step": words_of(job.progress) if job else "",
        "links": _links(access),
    }
    return render(request, "audit/check.html", context)


@needs("see-audit-log")
@freshly_signed_in
def export(request: HttpRequest, access: Access) -> HttpResponse:
    """The log as a file, for what is said; that it left is an entry."""
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        asked = Asked(since=said["since"], until=said["until"])
        try:
            content, count, now = write_log(access, asked, form=said["form"])
        except Refusal as refusal:
            for problem in refusal.problems:
                form.add_error(None, told_problem(problem))
        else:
            record(
                access.actor("see-audit-log"),
                "log.exported",
                Subject("extract", f"audit-log.{said['form']}"),
                after={
                    "entries": count,
                    "checksum": sha256(content).hexdigest(),
                    "head": now.head,
                    "since": said["since"],
                    "until": said["until"],
                },
                basis=said["purpose"],
            )
            return _file(access, content, said["form"], head=now.head)
    return render(request, "audit/export.html", {"form": form, "links": _links(access)})


@needs("see-audit-log")
def opened(request: HttpRequest, access: Access) -> HttpResponse:
    """Whose records did this account open, as one report to print; that it was read is an entry."""
    form = OpenedForm(access, request.GET or None)
    context: dict[str, object] = {"form": form, "links": _links(access)}
    if request.GET and form.is_valid():
        said = form.cleaned_data
        asked = Asked(by=said["by"], since=said["since"], until=said["until"])
        found = opened_by(access, asked)
        user = form.people[said["by"]]
        record(
            access.actor("see-audit-log"),
            "log.openings-read",
            user,
            after={"people": len(found), "since": said["since"], "until": said["until"]},
        )
        context |= {
            "whose": user,
            "asked": asked,
            "people": len(found),
            "times": sum(each.times for each in found),
            "made_at": timezone.now(),
            "table": shown.openings(access, found),
        }
    return render(request, "audit/opened.html", context)


def _file(access: Access, content: bytes, form: str, *, head: str) -> HttpResponse:
    kinds = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
    name = f"audit-log-{access.initiative.slug}-{head.removeprefix('sha256:')[:12]}.{form}"
    response = HttpResponse(content, content_type=kinds[form])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _links(access: Access) -> dict[str, str]:
    slug = access.initiative.slug
    names = ("log", "check", "export", "opened", "packs")
    return {name: reverse(f"audit:{name}", args=[slug]) for name in names}
