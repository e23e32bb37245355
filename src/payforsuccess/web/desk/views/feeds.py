"""Feeds on pages: all of them, one with its quality, and the list of its refused rows."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.desk import actions
from payforsuccess.web.desk.feeds import FeedShown, feed_of, feeds_of, holders_of
from payforsuccess.web.desk.permissions import LOADING, SEEING
from payforsuccess.web.desk.quality import FeedQuality, LastLoad, last_load
from payforsuccess.web.jobs.queries import visible_to
from payforsuccess.web.jobs.views import address as job_address
from payforsuccess.web.ui import cells
from payforsuccess.web.ui.tables import Column, Row, Table


@needs(*SEEING)
def all_of_them(request: HttpRequest, access: Access) -> HttpResponse:
    """Every feed: holder, agreement, age, rows; and what to do next about which."""
    feeds = feeds_of(access.initiative, on=access.on)
    load = last_load(access.initiative.path / "out")
    first = next((feed for feed in feeds if feed.to_do), None)
    job = visible_to(access).filter(kind__in=("load", "measure")).first()
    context = {
        "table": _feeds_table(access, feeds, load),
        "first": first and f"{first.source.feed}: {first.to_do}",
        "first_url": first and _url("feed", access, first.source.feed),
        "load": load,
        "job": job,
        "job_url": job and job_address(access, job),
        "may_load": bool(access.may(LOADING)),
        "has_linkage": access.initiative.deal.linkage is not None,
    }
    return render(request, "desk/feeds.html", context)


def _feeds_table(access: Access, feeds: list[FeedShown], load: LastLoad | None) -> Table:
    rows = []
    for feed in feeds:
        quality = load.feeds.get(feed.source.feed) if load else None
        paper, tone, until = feed.agreement
        word, age_tone, why = feed.age
        rows.append(
            Row(
                (
                    cells.link(feed.source.feed, _url("feed", access, feed.source.feed)),
                    feed.access.holder or cells.missing(),
                    cells.status(word=paper, tone=tone, reason=until),
                    feed.every,
                    cells.status(word=word, tone=age_tone, reason=why),
                    quality.rows if quality else cells.missing(_("not loaded yet")),
                ),
                is_urgent=feed.is_closed or feed.is_stale,
            )
        )
    return Table(
        caption=_("Feeds of the deal, those with something to do first"),
        columns=(
            Column(_("Feed")),
            Column(_("Holder")),
            Column(_("Agreement")),
            Column(_("Comes")),
            Column(_("How fresh")),
            Column(_("Rows"), is_number=True),
        ),
        rows=rows,
        empty=_("The deal names no feeds."),
    )


@needs(*SEEING)
def one(request: HttpRequest, access: Access, feed: str) -> HttpResponse:
    """One feed: its paper, its age, and what the last load found in it."""
    shown = _feed(access, feed)
    load = last_load(access.initiative.path / "out")
    quality = load.feeds.get(feed) if load else None
    may_load = bool(access.may(LOADING))
    context: dict[str, object] = {
        "feed": shown,
        "facts": _facts(shown),
        "holders": list(holders_of(shown.source)),
        "load": load,
        "quality": quality,
        "may_load": may_load,
        "may_upload": may_load and not shown.is_own,
        "upload_url": _url("upload", access, feed),
        "problems_url": _url("problems", access, feed),
        "has_problems": bool(load and load.refused_file(feed)),
    }
    if quality is not None:
        context |= {
            "files": _files_table(quality),
            "reasons": _reasons_table(quality),
            "gaps": _gaps_table(quality),
        }
    return render(request, "desk/feed.html", context)


def _facts(feed: FeedShown) -> list[tuple[object, ...]]:
    source, agreement = feed.source, feed.source.agreement
    paper, tone, until = feed.agreement
    word, age_tone, why = feed.age
    facts: list[tuple[object, ...]] = [
        (_("Holder"), feed.access.holder or cells.missing()),
        (_("Agreement"), cells.status(word=paper, tone=tone, reason=until)),
    ]
    if agreement is not None:
        facts += [
            (_("Between"), ", ".join(agreement.parties)),
            (_("Legal regime"), agreement.regime),
            (_("Purpose"), agreement.purpose),
        ]
    if feed.access.days is not None:
        facts.append((_("Days from request to access"), feed.access.days))
    return [
        *facts,
        (_("A new extract comes"), feed.every),
        (_("How fresh"), cells.status(word=word, tone=age_tone, reason=why)),
        (_("Where it lies"), _("recorded here") if feed.is_own else source.path),
    ]


def _files_table(quality: FeedQuality) -> Table:
    return Table(
        caption=_("Rows by file"),
        columns=(
            Column(_("File")),
            Column(_("Rows"), is_number=True),
            Column(_("Kept"), is_number=True),
            Column(_("Refused"), is_number=True),
            Column(_("Withdrawn by the holder"), is_number=True),
        ),
        rows=[(f.name, f.rows, f.kept, f.refused, f.withdrawn) for f in quality.files],
    )


def _reasons_table(quality: FeedQuality) -> Table:
    return Table(
        caption=_("Refused rows by reason"),
        columns=(
            Column(_("Reason")),
            Column(_("File")),
            Column(_("Column")),
            Column(_("Rows"), is_number=True),
        ),
        rows=[
            (broken.rule, file.name, broken.column, broken.rows)
            for file in quality.files
            for broken in file.broken
        ],
        empty=_("No row was refused."),
    )


def _gaps_table(quality: FeedQuality) -> Table:
    return Table(
        caption=_("Columns that are not filled in every row that was kept"),
        columns=(
            Column(_("Column")),
            Column(_("File")),
            Column(_("Empty"), is_number=True),
            Column(_("Said to be unknown"), is_number=True),
        ),
        rows=[
            (column, file.name, empty, unknown)
            for file in quality.files
            for column, empty, unknown in file.incomplete
        ],
        empty=_("Every column is filled in every row."),
    )


@needs(*SEEING)
def problems(request: HttpRequest, access: Access, feed: str) -> HttpResponse:
    """The refused rows of a feed as CSV: file, row, column and rule, and never a value."""
    _feed(access, feed)
    load = last_load(access.initiative.path / "out")
    path = load.refused_file(feed) if load else None
    if path is None:
        raise Http404
    actions.hand_out_problems(by=access, feed=feed)
    answer = HttpResponse(path.read_bytes(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="problems-{feed}.csv"'
    return answer


def _feed(access: Access, name: str) -> FeedShown:
    found = feed_of(access.initiative, name, on=access.on)
    if found is None:
        raise Http404
    return found


def _url(name: str, access: Access, *parts: str) -> str:
    return reverse(f"desk:{name}", args=[access.initiative.slug, *parts])
