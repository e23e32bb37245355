"""Whoever was placed joins the programme: who waits, and the enrolment itself."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from payforsuccess.governance.caseload import first_to_join
from payforsuccess.governance.referral import Clock, clock_of
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.people.actions import enrol, look, look_through
from payforsuccess.web.people.caseload import address
from payforsuccess.web.people.forms import JoinForm
from payforsuccess.web.people.queries import case_managers, known_sites, waiting
from payforsuccess.web.people.stops import stops
from payforsuccess.web.people.views.doing import Said, do
from payforsuccess.web.referrals.models import Referral
from payforsuccess.web.ui import cells
from payforsuccess.web.ui.tables import Column, Table

MOST = 100


@needs("record-services")
def joining(request: HttpRequest, access: Access) -> HttpResponse:
    """Who was placed and waits to be enrolled."""
    rows = sorted(waiting(access), key=_order)[:MOST]
    look_through(by=access, of="people", count=len(rows), asked=("waiting",))
    table = Table(
        caption=_("Placed and not enrolled: who must be found, who is out, who is inside"),
        columns=(Column(_("Person")), Column(_("Since")), Column(_("Expected release"))),
        rows=[
            (
                cells.link(row.participant.full_name, address("join", access, row.public_id)),
                timezone.localdate(row.state_at),
                row.release_expected_on,
            )
            for row in rows
        ],
        empty=_("Nobody waits."),
    )
    context = {
        "table": table,
        "first": rows[0] if rows else None,
        "why": _why(rows[0]) if rows else "",
        "stops": stops(access.initiative),
        "today": address("today", access),
    }
    return render(request, "people/joining.html", context)


def _order(row: Referral) -> tuple[object, ...]:
    """By the rule of `governance.caseload`; who is not in jail is out since they were placed."""
    clock = _to_find(row)
    is_out = row.released_at is not None or row.state == "met" or row.release_expected_on is None
    return first_to_join(
        find_by=clock.due if clock else None,
        out_since=(row.released_at or row.state_at) if is_out else None,
        release_on=row.release_expected_on,
    )


def _to_find(row: Referral) -> Clock | None:
    clock = clock_of(row.state, since=row.state_at, now=timezone.now())  # type: ignore[arg-type]
    return clock if clock is not None and clock.what == "meet" else None


def _why(row: Referral) -> str:
    """What comes first of whoever is first on the list."""
    name, clock = {"name": row.participant.full_name}, _to_find(row)
    if clock is not None:
        name["day"] = cells.day_words(timezone.localdate(clock.due))
        said = _("Find %(name)s by %(day)s: nobody met the person at release. Then enrol them.")
        return said % name
    if _order(row)[0] == 1:
        return _("Enrol %(name)s, who is out and waits longest.") % name
    return _("Be there when %(name)s is released, whose day comes first.") % name


@needs("record-services")
def join(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """Enrol someone: the day, the site, the case manager. Refused while service is stopped."""
    referral = waiting(access).filter(public_id=code).first()
    if referral is None:
        raise Http404
    look(by=access, participant=referral.participant, basis="enrolling someone placed")
    sites = dict.fromkeys([*(m.site for m in access.memberships if m.site), *known_sites(access)])

    def act(said: Said) -> None:
        enrol(
            by=access,
            referral=referral,
            case_manager=said["case_manager"],
            site=said["site"],
            on=said["on"],
        )

    return do(
        request,
        JoinForm(
            request.POST or None,
            sites=[(site, site) for site in sites],
            managers=case_managers(access),
            initial={"on": access.on, "case_manager": access.user.public_id},
        ),
        act,
        heading=_("Enrol %(name)s") % {"name": referral.participant.full_name},
        lead=_("The person chose to join. Record consent next: yes and no are both answers."),
        submit=_("Enrol"),
        done=_("The person is on the caseload. Record what they say on consent next."),
        back=address("joining", access),
        more={"crumb": _("Waiting to be enrolled")},
    )
