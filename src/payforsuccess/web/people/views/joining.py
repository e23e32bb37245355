"""Whoever was placed joins the programme: who waits, and the enrolment itself."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.people.actions import enrol, look
from payforsuccess.web.people.caseload import address
from payforsuccess.web.people.forms import JoinForm
from payforsuccess.web.people.queries import case_managers, known_sites, waiting
from payforsuccess.web.people.stops import stops
from payforsuccess.web.people.views.doing import Said, do
from payforsuccess.web.ui import cells
from payforsuccess.web.ui.tables import Column, Table


@needs("record-services")
def joining(request: HttpRequest, access: Access) -> HttpResponse:
    """Who was placed and waits to be enrolled."""
    rows = list(waiting(access)[:100])
    table = Table(
        caption=_("Placed and not enrolled, the longest wait first"),
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
        "stops": stops(access.initiative),
        "today": address("today", access),
    }
    return render(request, "people/joining.html", context)


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
