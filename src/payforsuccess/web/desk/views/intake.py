"""Extracts that come: uploaded in the browser, or left in the drop folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from payforsuccess.deal.data import DataSource
from payforsuccess.errors import Problem, Refusal
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.desk import actions
from payforsuccess.web.desk.drop import drop_folder, dropped, parts_of, taken_away
from payforsuccess.web.desk.feeds import feed_of, feeds_of
from payforsuccess.web.desk.forms import ExtractForm
from payforsuccess.web.desk.intake import hold, look_at, staging
from payforsuccess.web.desk.permissions import LOADING
from payforsuccess.web.desk.queries import visible_to
from payforsuccess.web.ui import cells
from payforsuccess.web.ui.tables import Column, Table


@needs(LOADING)
def upload(request: HttpRequest, access: Access, feed: str) -> HttpResponse:
    """Choose a file; it is looked at, and put where the deal reads it, whole or not at all."""
    shown = feed_of(access.initiative, feed, on=access.on)
    if shown is None or shown.is_own:
        raise Http404
    form = ExtractForm(request.POST or None, request.FILES or None)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            _take(access, shown.source, file.chunks(), name=file.name, came_by="upload")
        except Refusal as refusal:
            problems = tuple(refusal.problems)
        else:
            messages.success(
                request, _("The extract is in its place. Load the feeds to see what is in it.")
            )
            return redirect(reverse("jobs:ask", args=[access.initiative.slug, "load"]))
    context = {
        "feed": shown,
        "form": form,
        "problems": problems,
        "back": reverse("desk:feed", args=[access.initiative.slug, feed]),
        "came": _came(access, feed),
    }
    return render(request, "desk/upload.html", context, status=409 if problems else 200)


@needs(LOADING)
def drop(request: HttpRequest, access: Access) -> HttpResponse:
    """What lies in the drop folder, each file taken by a button of its own."""
    sources = {
        feed.source.feed: feed.source
        for feed in feeds_of(access.initiative, on=access.on)
        if not feed.is_own
    }
    found = list(dropped(access.initiative, list(sources)))
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        asked = request.POST.get("take", "")
        chosen = next((f for f in found if f"{f.feed}/{f.path.name}" == asked), None)
        if chosen is None or not chosen.is_at_rest:
            problems = (
                Problem(
                    _("This file is not there any more, or is still coming."),
                    _("Look at the list again in a minute."),
                ),
            )
        else:
            try:
                source, parts = sources[chosen.feed], parts_of(chosen)
                _take(access, source, parts, name=chosen.path.name, came_by="drop")
            except Refusal as refusal:
                problems = tuple(refusal.problems)
            else:
                messages.success(request, _("The extract is in its place."))
                if not taken_away(chosen):
                    words = _("The server may not delete the file; ask whoever runs it to do so.")
                    messages.warning(request, words)
                return redirect(reverse("desk:drop", args=[access.initiative.slug]))
    context = {
        "found": found,
        "folder": drop_folder(access.initiative),
        "feeds": sorted(sources),
        "problems": problems,
        "came": _came(access),
    }
    return render(request, "desk/drop.html", context, status=409 if problems else 200)


def _take(
    access: Access, source: DataSource, parts: Iterable[bytes], *, name: str, came_by: str
) -> None:
    root = access.initiative.path
    with staging(Path(settings.HOME)) as folder:
        held = hold(parts, folder)
        arrival = look_at(source, held, name=name, root=root, folder=folder)
        actions.take(by=access, source=source, arrival=arrival, came_by=came_by)


def _came(access: Access, feed: str = "") -> Table:
    found = visible_to(access)
    if feed:
        found = found.filter(feed=feed)
    return Table(
        caption=_("Extracts that came, the newest first"),
        columns=(
            Column(_("Feed")),
            Column(_("Came")),
            Column(_("By")),
            Column(_("Files")),
            Column(_("Size in KB"), is_number=True),
        ),
        rows=[
            (
                each.feed,
                cells.instant(each.at),
                f"{each.by.full_name}, {each.get_came_by_display()}",
                each.files,
                -(-each.size // 1024),
            )
            for each in found[:20]
        ],
        empty=_("No extract came through this page yet."),
    )
