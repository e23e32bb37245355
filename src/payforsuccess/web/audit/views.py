"""The log on pages: search it, check its chain, take it out, and see whose records were opened."""

from __future__ import annotations

from hashlib import sha256

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from payforsuccess.errors import Refusal
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.accounts.fresh import freshly_signed_in
from payforsuccess.web.audit import shown
from payforsuccess.web.audit.actions import Subject, record
from payforsuccess.web.audit.export import write_log
from payforsuccess.web.audit.forms import ExportForm, OpenedForm, SearchForm
from payforsuccess.web.audit.queries import (
    Asked,
    check_chain,
    opened_by,
    search,
    visible_to,
)
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
    """Have every seal computed again; the check itself is an entry."""
    if request.method == "POST":
        chain = check_chain()
        record(
            access.actor("see-audit-log"),
            "log.checked",
            after={"length": chain.length, "head": chain.head, "broken_at": chain.broken_at},
        )
        return render(request, "audit/checked.html", {"chain": chain, "links": _links(access)})
    context = {
        "heading": _("Check the chain"),
        "lead": _(
            "Every entry seals the one before. The check computes each seal again, from the first "
            "entry on, and finds any that was changed, taken out or put in between."
        ),
        "submit": _("Check it now"),
        "cancel": _links(access)["log"],
    }
    return render(request, "ui/confirm.html", context)


@needs("see-audit-log")
@freshly_signed_in
def export(request: HttpRequest, access: Access) -> HttpResponse:
    """The log as a file, for what is said; that it left is an entry."""
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        asked = Asked(since=said["since"], until=said["until"])
        try:
            content, count, chain = write_log(access, asked, form=said["form"])
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
                    "head": chain.head,
                    "since": said["since"],
                    "until": said["until"],
                },
                basis=said["purpose"],
            )
            return _file(access, content, said["form"], head=chain.head)
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
