"""All referrals of a reader: what is to be done first, then the list."""

from __future__ import annotations

from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payforsuccess.governance.referral import STATES, seen_by_referrer
from payforsuccess.governance.referral_tasks import WITH_TASKS
from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.fields import blind_index, public_ids
from payforsuccess.web.initiatives.waiting import waiting_for
from payforsuccess.web.people.actions import look_through
from payforsuccess.web.referrals import words
from payforsuccess.web.referrals.lottery import is_by_lot
from payforsuccess.web.referrals.models import SOURCES, Referral
from payforsuccess.web.referrals.queries import may_judge, visible_to
from payforsuccess.web.referrals.shown import Reader, Shown, address
from payforsuccess.web.ui import cells
from payforsuccess.web.ui.tables import Column, Row, Table

OWN = Case(is_own=True)
PER_PAGE = 25
MOST_TASKS = 10
LINKS = ("several", "releases", "paper", "flow", "same")
SORTS = {"made": "made_at", "state": "state", "release": "release_expected_on"}


@needs("see-own-referrals", "answer-referrals", case=OWN)
def all_of_them(request: HttpRequest, access: Access) -> HttpResponse:
    """The office's own referrals, or all that a provider answers."""
    reader = Reader(access, is_by_lot(access.initiative))
    visible = visible_to(access)
    now = timezone.now()
    waiting = _waiting(visible, reader, now)
    first = _named(visible, waiting[:MOST_TASKS], reader, now)
    sort = request.GET.get("sort", "")
    found = _sorted(_filtered(visible, request, reader), sort)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = [Shown(each, reader, now) for each in page.object_list]
    if reader.sees_names:
        filters = (name for name in ("q", "state", "source") if request.GET.get(name))
        count = len({each.referral.pk for each in (*rows, *first)})
        look_through(by=access, of="referrals", count=count, asked=filters)
    context = {
        "reader": reader,
        "page": page,
        "tasks": _tasks(first),
        "first": first[0] if first else None,
        "waiting": len(waiting),
        "count": page.paginator.count,
        "as_of": timezone.localdate(),
        "table": _table(rows, sort),
        "states": _choices(reader),
        "sources": SOURCES,
        "asked": request.GET,
        "new": address("new", access),
        "may_refer": bool(access.may("refer-people")),
        "may_see_totals": bool(access.may("see-totals")),
        "links": {name: address(name, access) for name in LINKS},
        "may_judge": may_judge(access),
        "others": waiting_for(access),
    }
    return render(request, "referrals/list.html", context)


def _waiting(visible: QuerySet[Referral], reader: Reader, now: datetime) -> list[Shown]:
    """Every referral with a task, most urgent first; no name is unlocked for it."""
    bare = visible.filter(state__in=WITH_TASKS).select_related(None)
    lean = bare.defer("name_written", "born_written", "facts", "failed", "told_today")
    waiting = [shown for each in lean if (shown := Shown(each, reader, now)).tasks]
    return sorted(waiting, key=lambda shown: shown.tasks[0].urgency)


def _named(
    visible: QuerySet[Referral], waiting: list[Shown], reader: Reader, now: datetime
) -> list[Shown]:
    """The same with the names of their people."""
    found = {each.pk: each for each in visible.filter(pk__in=[s.referral.pk for s in waiting])}
    return [Shown(found[shown.referral.pk], reader, now) for shown in waiting]


def _filtered(
    visible: QuerySet[Referral], request: HttpRequest, reader: Reader
) -> QuerySet[Referral]:
    """By what the reader may know of the state, by source, and by code or family name."""
    state, source = request.GET.get("state", ""), request.GET.get("source", "")
    asked = "".join(request.GET.get("q", "").split())[:80]
    if state in dict(_choices(reader)):
        visible = visible.filter(_of_state(state, reader))
    if source in dict(SOURCES):
        visible = visible.filter(source=source)
    if asked:
        of_code = Q(public_id__in=public_ids([asked.lower()]))
        mark = blind_index(asked)
        of_name = Q(family_mark=mark)
        if reader.is_provider:
            of_name |= Q(participant__family_mark=mark)
        visible = visible.filter(of_code | of_name if reader.sees_names else of_code)
    return visible


def _of_state(state: str, reader: Reader) -> Q:
    if reader.is_provider:
        return Q(state=state)
    seen = [one for one in STATES if one != "joined" and seen_by_referrer(one) == state]
    return Q(state__in=seen) | Q(state="joined", earlier__state__in=seen)


def _sorted(found: QuerySet[Referral], sort: str) -> QuerySet[Referral]:
    field = SORTS.get(sort.removeprefix("-"), "")
    if not field:
        return found.order_by("-made_at", "-pk")
    by = F(field).desc(nulls_last=True) if sort[0] == "-" else F(field).asc(nulls_last=True)
    return found.order_by(by, "-pk")


def _choices(reader: Reader) -> list[tuple[str, words.Text]]:
    source = words.STATES if reader.is_provider else words.SEEN
    return [(name, word) for name, (word, _tone) in source.items() if name != "made"]


def _tasks(waiting: list[Shown]) -> Table:
    return Table(
        caption=gettext_lazy("To do, most urgent first"),
        columns=(
            Column(gettext_lazy("Person")),
            Column(gettext_lazy("What to do")),
            Column(gettext_lazy("By when")),
            Column(gettext_lazy("State")),
        ),
        rows=[
            Row(
                (
                    cells.link(shown.name, shown.url),
                    shown.to_do,
                    _due(shown),
                    shown.status,
                ),
                is_urgent=shown.is_late,
            )
            for shown in waiting
        ],
        empty=gettext_lazy("Nothing waits for you."),
    )


def _due(shown: Shown) -> object:
    when = shown.when
    if not shown.tasks[0].is_late:
        return when
    return cells.status("overdue") + when


def _table(rows: list[Shown], sort: str) -> Table:
    return Table(
        caption=gettext_lazy("Referrals"),
        columns=(
            Column(gettext_lazy("Person")),
            Column(gettext_lazy("Code")),
            Column(gettext_lazy("From")),
            Column(gettext_lazy("Referred"), sort="made"),
            Column(gettext_lazy("Release or hearing"), sort="release"),
            Column(gettext_lazy("State"), sort="state"),
        ),
        rows=[
            Row(
                (
                    cells.link(shown.name, shown.url),
                    shown.code,
                    shown.referral.get_source_display(),
                    timezone.localdate(shown.referral.made_at),
                    shown.next_day,
                    shown.status,
                ),
                is_urgent=shown.is_late,
            )
            for shown in rows
        ],
        sorted_by=sort,
        empty=_("No referral fits. Take away a filter, or refer someone."),
    )
