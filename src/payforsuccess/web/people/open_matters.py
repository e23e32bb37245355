"""What someone must be told though no person's page is open: wrong records, and people left behind.

A report that a holder's record is wrong runs against two clocks (R141). People whose case manager
left are nobody's until they are handed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.accounts.models import Membership, User
from payforsuccess.web.people.models import Enrolment, WrongRecord
from payforsuccess.web.people.queries import sites_of, visible_to
from payforsuccess.web.people.shown import WrongShown
from payforsuccess.web.ui.cells import day_words

OWN = Case(is_own=True)
Next = tuple[str, str, str]
"""A sentence, an address (which may be empty), and the label of its link."""


def wrong_records(access: Access) -> QuerySet[WrongRecord]:
    """Those of people whom one sees; the data desk's all, since it talks with the holders."""
    every = WrongRecord.objects.filter(enrolment__initiative=access.initiative)
    if not access.may("load-feeds"):
        every = every.filter(enrolment__in=visible_to(access))
    return every.select_related("enrolment__participant", "enrolment__case_manager")


def open_records(access: Access) -> list[WrongShown]:
    """The reports that are not closed, whatever is due first first."""
    rows = wrong_records(access).filter(answered_on=None)
    shown = [WrongShown(each, access.on) for each in rows]
    return sorted(shown, key=lambda each: (each.clock.due or access.on, each.report.pk))


@dataclass(frozen=True)
class LeftBehind:
    """The people at a site whose case manager works here no longer."""

    site: str
    code: str
    name: str
    people: int


def left_behind(access: Access) -> list[LeftBehind]:
    """By site and case manager, of those who are still enrolled."""
    on = access.on
    held = Membership.objects.filter(
        Q(until_on=None) | Q(until_on__gte=on),
        initiative=access.initiative,
        role="case-manager",
        user__is_active=True,
    )
    rows = (
        Enrolment.objects.filter(initiative=access.initiative, exited_on=None)
        .exclude(case_manager__in=User.objects.filter(pk__in=held.values("user")))
        .values_list("site", "case_manager__public_id", "case_manager__full_name")
        .annotate(people=Count("pk"))
        .order_by("site", "case_manager__full_name")
    )
    return [LeftBehind(*row) for row in rows]


def waiting_for(access: Access) -> Iterator[Next]:
    """What of these waits for the reader."""
    yield from handing_over(access)
    yield from waiting_wrong(access)


def handing_over(access: Access) -> Iterator[Next]:
    """The supervisor of the site hands over; without one, who can name one is told (R68)."""
    sites = sites_of(access)
    is_lead = any(each.role == "provider" for each in access.memberships)
    names_one = bool(access.may("manage-accounts"))
    if not (sites or is_lead or names_one):
        return
    slug = access.initiative.slug
    unled: dict[str, None] = {}
    for each in left_behind(access):
        if each.site in sites:
            said = ngettext(
                "%(n)d person of %(name)s has no case manager any more: hand them over.",
                "%(n)d people of %(name)s have no case manager any more: hand them over.",
                each.people,
            )
            url = f"{reverse('people:hand-over', args=[slug])}?from={each.code}"
            yield said % {"n": each.people, "name": each.name}, url, _("Hand them over")
        elif is_lead or names_one:
            unled[each.site] = None
    led = _led(access) if unled else set()
    for site in (each for each in unled if each not in led):
        if names_one:
            said = _(
                "People at %(site)s have no case manager any more, and nobody supervises the site. "
                "Give someone the role of its supervisor, who hands them over."
            )
            url = reverse("accounts:members", args=[slug])
            yield said % {"site": site}, url, _("See the accounts")
        else:
            said = _(
                "People at %(site)s have no case manager any more, and nobody supervises the site. "
                "Ask the data desk to name its supervisor, who hands them over."
            )
            yield said % {"site": site}, "", ""


def _led(access: Access) -> set[str]:
    """The sites that someone supervises today."""
    held = Membership.objects.filter(
        Q(until_on=None) | Q(until_on__gte=access.on),
        initiative=access.initiative,
        role="case-manager",
        is_supervisor=True,
        from_on__lte=access.on,
        user__is_active=True,
    )
    return set(held.values_list("site", flat=True))


def waiting_wrong(access: Access) -> Iterator[Next]:
    """The report of a wrong record that is due first."""
    if not (access.may("load-feeds") or access.may("see-own-caseload", OWN)):
        return
    found = open_records(access)
    if not found:
        return
    clock = found[0].clock
    said = (
        _("Tell the holder of a wrong record by %(day)s.")
        if clock.turn == "tell"
        else _("The holder of a wrong record answers by %(day)s. Ask, and record the answer.")
    )
    words = said % {"day": day_words(clock.due or access.on)}
    url = reverse("people:wrong-records", args=[access.initiative.slug])
    yield words, url, _("See the wrong records")
