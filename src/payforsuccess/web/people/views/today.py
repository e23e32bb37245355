"""Today: what should be done first, the counts with their rules, and the caseload."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from payforsuccess.errors import Refusal
from payforsuccess.governance.caseload import FOLLOW_UPS_AHEAD_DAYS
from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.fields import blind_index, public_ids
from payforsuccess.web.people.actions import log_contacts, look_through
from payforsuccess.web.people.basis import agreed_basis, jail_records_through
from payforsuccess.web.people.caseload import Someone, address, caseload_of, to_do
from payforsuccess.web.people.forms import SeveralContactsForm
from payforsuccess.web.people.models import Enrolment, FollowUp
from payforsuccess.web.people.open_matters import handing_over
from payforsuccess.web.people.queries import open_follow_ups, sites_of, visible_to, waiting
from payforsuccess.web.people.stops import stopped_at
from payforsuccess.web.people.views.finding import tell_problems
from payforsuccess.web.people.words import SHOWN, Text
from payforsuccess.web.ui.told import told_problem

OWN = Case(is_own=True)
PER_PAGE = 100
SORTS: dict[str, Callable[[Someone], tuple[object, ...]]] = {
    "name": lambda one: (one.name.casefold(),),
    "home": lambda one: (-one.nights, one.name.casefold()),
    "check": lambda one: (_day_of(one) or date.max, one.name.casefold()),
    "contact": lambda one: (-one.quiet_days, one.name.casefold()),
}

COLUMNS: tuple[tuple[str, Text], ...] = (
    ("name", gettext_lazy("Person")),
    ("", gettext_lazy("To do")),
    ("check", gettext_lazy("Next check")),
    ("home", gettext_lazy("Days housed")),
    ("contact", gettext_lazy("Last contact")),
)


@needs("see-own-caseload", case=OWN)
def today(request: HttpRequest, access: Access) -> HttpResponse:
    """One's own caseload, or a supervisor's site, the most urgent first."""
    open_ = list(open_follow_ups(access))
    everyone = caseload_of(access, follow_ups=open_)
    agreed = agreed_basis(access)
    lists = {
        "all": everyone,
        "jail": [one for one in everyone if one.news is not None],
        "quiet": [one for one in everyone if one.is_quiet],
        "checks": [one for one in everyone if one.check_due is not None],
        "missing": [one for one in everyone if one.gaps],
        "wrong": [one for one in everyone if one.has_wrong_record],
    }
    show = request.GET.get("show", "")
    show = show if show in lists else "all"
    asked = request.GET.get("q", "").strip()[:80]
    found = _searched(lists[show], asked)
    sort = request.GET.get("sort", "")
    by = SORTS.get(sort.removeprefix("-"))
    found.sort(key=by or (lambda one: one.urgency), reverse=bool(by) and sort.startswith("-"))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    filters = (name for name, is_set in (("name", asked), (show, show != "all")) if is_set)
    look_through(by=access, of="people", count=len(page.object_list), asked=filters)
    soon = access.on + timedelta(FOLLOW_UPS_AHEAD_DAYS)
    due = [each for each in to_do(access, open_, everyone) if each.due_on <= soon]
    context = {
        "people": page.object_list,
        "page": page,
        "lists": {name: len(rows) for name, rows in lists.items()},
        "shown": "" if show == "all" else show,
        "shown_word": SHOWN[show],
        "asked": asked,
        "former": _former(access, asked),
        "sort": sort,
        "columns": COLUMNS,
        "as_of": access.on,
        "yesterday": access.on - timedelta(1),
        "due": due,
        "overdue": sum(1 for each in due if each.due_on < access.on),
        "waiting": waiting(access).count(),
        "next": _next(access, everyone, due),
        "agreed": agreed,
        "consents": 0 if agreed else sum(1 for one in everyone if one.basis),
        "without_basis": sum(1 for one in everyone if not one.basis),
        "jail_as_of": _told_on(access, everyone) or access.on,
        "stale": _stale(access),
        "form": SeveralContactsForm(initial={"on": access.on}),
        "is_supervisor": bool(sites_of(access)),
        "waits": [
            *_stopped(access, everyone),
            *(handing_over(access) if sites_of(access) else ()),
        ],
        "links": {
            name.replace("-", "_"): address(name, access)
            for name in ("today", "follow-ups", "joining", "site", "contacts", "wrong-records")
        },
    }
    return render(request, "people/today.html", context)


def _stopped(access: Access, everyone: list[Someone]) -> list[tuple[str, str, str]]:
    """That placements are stopped where the reader works, in general words (R121)."""
    sites = {one.enrolment.site for one in everyone} | set(sites_of(access))
    url = reverse("people:harm", args=[access.initiative.slug])
    found = stopped_at(access.initiative, sites)
    return [(told_problem(each), url, _("See the reports")) for each in found]


@needs("record-services")
def contacts(request: HttpRequest, access: Access) -> HttpResponse:
    """The same contact with everyone chosen on Today."""
    back = address("today", access)
    if request.method != "POST":
        return redirect(back)
    codes = public_ids(request.POST.getlist("who"))
    enrolments = list(visible_to(access).filter(exited_on=None, public_id__in=codes))
    form = SeveralContactsForm(request.POST)
    if not enrolments:
        messages.error(request, _("Nobody was chosen. Choose people in the list first."))
    elif not form.is_valid():
        messages.error(request, _("Say on which day, how, and whether you reached them."))
    else:
        said = form.cleaned_data
        try:
            count = log_contacts(
                by=access,
                enrolments=enrolments,
                on=said["on"],
                kind=said["kind"],
                is_reached=said["is_reached"] == "yes",
            )
            done = ngettext(
                "It is logged for %(count)s person.", "It is logged for %(count)s people.", count
            )
            messages.success(request, done % {"count": count})
        except Refusal as refusal:
            tell_problems(request, refusal)
    return redirect(back)


def _searched(people: list[Someone], asked: str) -> list[Someone]:
    """Whoever has all the words in their name, whatever the order."""
    words = asked.casefold().replace(",", " ").split()
    return [one for one in people if all(word in one.person.full_name.casefold() for word in words)]


def _former(access: Access, asked: str) -> list[Enrolment]:
    """People of that family name who have left; found by a keyed mark, for names are locked."""
    if not asked:
        return []
    mark = blind_index(asked)
    left = visible_to(access).exclude(exited_on=None).filter(participant__family_mark=mark)
    return list(left.order_by("-exited_on")[:20])


def _day_of(one: Someone) -> date | None:
    return one.next_goal.day if one.next_goal else None


def _told_on(access: Access, everyone: list[Someone]) -> date | None:
    """The day of the jail's records: of its feed, else on which a booking was told last."""
    told = [booking.told_at for one in everyone for booking in one.bookings]
    last = timezone.localdate(max(told)) if told else None
    return jail_records_through(access) or last


def _stale(access: Access) -> date | None:
    """The last day of the jail's records, where it is older than yesterday."""
    through = jail_records_through(access)
    return through if through and through < access.on - timedelta(1) else None


def _next(access: Access, everyone: list[Someone], due: list[FollowUp]) -> tuple[Text, str, Text]:
    """The one thing to do first, in the order in which people could come to harm."""
    first = min(everyone, key=lambda one: one.urgency, default=None)
    late = next((each for each in due if each.due_on < access.on), None)
    if late is not None and (first is None or first.news is None):
        names = {"name": late.enrolment.participant.full_name}
        url = address("follow-up", access, late.enrolment.public_id, late.public_id)
        return _("%(name)s: a follow-up is overdue.") % names, url, _("Say what came of it")
    if first is None and due:
        url = address("follow-ups", access)
        return _("A follow-up for someone else’s person is due soon."), url, _("Follow-ups")
    if first is None:
        return _("Nobody is on your caseload yet. See who waits to be enrolled."), "", ""
    url = address("one", access, first.enrolment.public_id)
    open_it = _("Open the page")
    names = {"name": first.person.full_name}
    if first.news is not None:
        return _("%(name)s: there is news from the jail.") % names, url, open_it
    if first.overdue:
        return _("%(name)s: a follow-up is overdue.") % names, url, open_it
    if first.next_goal is not None and first.next_goal.where == "out-of-home":
        return _("%(name)s has no home now. A new one still saves the goal.") % names, url, open_it
    if first.is_quiet:
        names["days"] = str(first.quiet_days)
        url = address("contact", access, first.enrolment.public_id)
        said = _("Speak with %(name)s: no contact for %(days)s days.") % names
        return said, url, _("Log a contact")
    if first.check_due is not None:
        return _("%(name)s: the next check is near.") % names, url, open_it
    if first.gaps:
        return _("%(name)s: complete what is missing.") % names, url, open_it
    return _("Nothing is urgent today."), "", ""
