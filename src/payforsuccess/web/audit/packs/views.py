"""Auditor's packs on pages: those that were asked for, asking for one, taking one out."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from payforsuccess.errors import Problem, text_of
from payforsuccess.runs.files import read_bytes
from payforsuccess.runs.folder import open_folder
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.accounts.fresh import freshly_signed_in
from payforsuccess.web.audit.models import MADE, REFUSED, AuditPack
from payforsuccess.web.audit.packs import actions
from payforsuccess.web.audit.packs.forms import PackForm
from payforsuccess.web.audit.packs.making import file_of
from payforsuccess.web.audit.packs.queries import open_pack_job, packs_of
from payforsuccess.web.jobs.actions import ask
from payforsuccess.web.jobs.models import Job
from payforsuccess.web.jobs.steps import words_of
from payforsuccess.web.ui import cells
from payforsuccess.web.ui.tables import Column, Table
from payforsuccess.web.ui.told import told_problem

ON_A_PAGE = 25


@needs("see-audit-log")
def packs(request: HttpRequest, access: Access) -> HttpResponse:
    """Every pack that was asked for, the newest first, and how far the work is."""
    page = Paginator(packs_of(access), ON_A_PAGE).get_page(request.GET.get("page"))
    job = open_pack_job(access)
    context = {
        "page": page,
        "table": _table(access, list(page), job),
        "job": job,
        "step": words_of(job.progress) if job else "",
        "new_url": reverse("audit:pack-new", args=[access.initiative.slug]),
        "log_url": reverse("audit:log", args=[access.initiative.slug]),
    }
    return render(request, "audit/packs.html", context)


@needs("see-audit-log")
@freshly_signed_in
def ask_for(request: HttpRequest, access: Access) -> HttpResponse:
    """Choose the statement, give the own seed, and ask for the pack."""
    issued = open_folder(access.initiative.path).statements()
    statements = [
        (each.number, _("Statement %(n)s, period %(p)s") % {"n": each.number, "p": each.period})
        for each in reversed(issued)
    ]
    form = PackForm(
        request.POST or None,
        request.FILES or None,
        statements=statements,
        is_made_up=access.initiative.is_synthetic,
    )
    back = reverse("audit:packs", args=[access.initiative.slug])
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            actions.ask_for_pack(by=access, wish=form.wish)
            ask(by=access, kind="audit-pack")
        messages.success(request, _("The pack was asked for. This page shows how far it is."))
        return redirect(back)
    context = {"form": form, "back": back, "has_statements": bool(statements)}
    return render(request, "audit/pack_new.html", context)


@needs("see-audit-log")
@freshly_signed_in
def download(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """The pack as a file; that it left is in the log."""
    pack = packs_of(access).filter(public_id=code, state=MADE).first()
    if pack is None or not file_of(pack).is_file():
        raise Http404
    content = read_bytes(file_of(pack))
    actions.take_out(by=access, pack=pack)
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{pack.file_name}"'
    return answer


def _table(access: Access, found: list[AuditPack], job: Job | None) -> Table:
    return Table(
        caption=_("Packs that were asked for, the newest first"),
        columns=(
            Column(_("Statement")),
            Column(_("Asked for")),
            Column(_("By")),
            Column(_("People drawn")),
            Column(_("State")),
            Column(_("File")),
        ),
        rows=[
            (
                str(pack.statement),
                cells.instant(pack.asked_at),
                pack.asked_by.full_name,
                _("%(drawn)s of %(of)s") % {"drawn": pack.drawn, "of": pack.of}
                if pack.state == MADE
                else cells.missing(),
                _state(pack, job),
                _file(access, pack),
            )
            for pack in found
        ],
        empty=_("Nobody asked for a pack yet."),
    )


def _state(pack: AuditPack, job: Job | None) -> object:
    if pack.state == MADE:
        return cells.status(word=_("Made"), tone="good")
    if pack.state == REFUSED:
        kept = [Problem(text_of(each["what"]), text_of(each["do"])) for each in pack.problems]
        why = " ".join(told_problem(problem) for problem in kept)
        return cells.status(word=_("Could not be made"), tone="bad", reason=why)
    if job is None:
        return cells.status(word=_("Stopped"), tone="bad", reason=_("Ask for it again."))
    return cells.status(word=_("Is being made"), tone="info")


def _file(access: Access, pack: AuditPack) -> object:
    if pack.state != MADE:
        return cells.missing()
    if not file_of(pack).is_file():
        return _("Destroyed with the records that it was made of.")
    url = reverse("audit:pack-file", args=[access.initiative.slug, pack.public_id])
    return cells.link(_("Download"), url)
