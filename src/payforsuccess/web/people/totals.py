"""Totals by site for the provider, with small counts hidden, and what they would tell (R96).

They hold for the first day of the month: a table that changed every day would tell by tomorrow's
difference what today's hides. So would one that changed with a day written back: what a month
showed is recorded as given out and shown again (`referrals.given`), and the months after it are
held against it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from payforsuccess.disclosure import HIDDEN, LEAST_THRESHOLD, Facts, Release, joined, rates
from payforsuccess.governance.caseload import Stay, housed_on, is_quiet
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.initiatives.models import Initiative
from payforsuccess.web.people.models import Enrolment, site_on
from payforsuccess.web.referrals.given import released
from payforsuccess.web.ui.tables import Column, Table

KIND = "site-totals"
_SITE = "enrolled/site/"


@dataclass(frozen=True)
class Totals:
    """The table and its day."""

    table: Table
    on: date
    has_people: bool


def totals(access: Access) -> Totals:
    """Enrolled, at home, and gone quiet, by site and in all."""
    on = access.on.replace(day=1)
    release = released(
        access.initiative,
        lambda: _counted(access.initiative, on),
        as_of=on,
        threshold=LEAST_THRESHOLD,
        kind=KIND,
    )
    return Totals(_table(release), on, bool(release.shown or release.hidden))


def _counted(initiative: Initiative, on: date) -> Facts:
    """The people of a day by site, those at home, and those who have gone quiet."""
    rows = (
        Enrolment.objects.filter(
            Q(exited_on=None) | Q(exited_on__gt=on),
            initiative=initiative,
            enrolled_on__lte=on,
        )
        .prefetch_related("placements", "site_changes")
        .annotate(
            reached_on=Max(
                "contacts__on", filter=Q(contacts__is_reached=True, contacts__on__lte=on)
            )
        )
    )
    people, home, quiet = Counter[str](), Counter[str](), Counter[str]()
    for row in rows:
        stays = [Stay(p.moved_in_on, p.moved_out_on) for p in row.placements.all()]
        site = site_on(row, on)
        people[site] += 1
        home[site] += housed_on(stays, on=on) is not None
        quiet[site] += is_quiet(row.reached_on, enrolled_on=row.enrolled_on, on=on)
    return _facts(people, home, quiet)


def _facts(people: Mapping[str, int], home: Mapping[str, int], quiet: Mapping[str, int]) -> Facts:
    """The counts by site as one set of facts; nothing where nobody is enrolled."""
    if not people:
        return Facts()
    at_home = {site: (home[site], people[site]) for site in sorted(people)}
    silent = {site: (quiet[site], people[site]) for site in sorted(people)}
    return joined(
        [
            rates(at_home, part="home", of="enrolled", by="site"),
            rates(silent, part="quiet", of="enrolled", by="site"),
        ]
    )


def _table(release: Release) -> Table:
    columns = (
        Column(_("Site")),
        Column(_("Enrolled"), is_number=True),
        Column(_("At home"), is_number=True),
        Column(_("Gone quiet"), is_number=True),
    )
    caption = _("By site. Hidden: counts from 1 to 10, and what would tell them.")
    known = {*release.shown, *release.hidden}
    sites = sorted(name.removeprefix(_SITE) for name in known if name.startswith(_SITE))
    if not sites:
        return Table(caption, columns, (), empty=_("Nobody was enrolled on that day."))

    def said(name: str) -> str:
        text = release.text_of(name)
        return _("hidden") if text == HIDDEN else text

    rows = [
        (site, *(said(f"{name}/site/{site}") for name in ("enrolled", "home", "quiet")))
        for site in sites
    ]
    whole = (_("All sites"), *(said(name) for name in ("enrolled", "home", "quiet")))
    return Table(caption, columns, [*rows, whole])
