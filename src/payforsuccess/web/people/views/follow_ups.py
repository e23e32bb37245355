"""Follow-ups: asked, owned, due, closed; whoever asked sees what came of them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.people.actions import ask_follow_up, close_follow_up, look
from payforsuccess.web.people.caseload import address
from payforsuccess.web.people.forms import CloseForm, FollowUpForm
from payforsuccess.web.people.models import FollowUp
from payforsuccess.web.people.queries import case_managers, follow_ups_of
from payforsuccess.web.people.views.doing import do
from payforsuccess.web.people.views.finding import own_enrolment
from payforsuccess.web.ui import cells
from payforsuccess.web.ui.tables import Column, Row, Table

OWN = Case(is_own=True)
MOST = 200


@needs("see-own-caseload", case=OWN)
def all_of_them(request: HttpRequest, access: Access) -> HttpResponse:
    """What one owns, then what became of what one asked for."""
    found = follow_ups_of(access)
    mine = list(found.filter(owner=access.user, closed_on=None)[:MOST])
    others = list(found.exclude(owner=access.user).filter(closed_on=None)[:MOST])
    answered = found.filter(asked_by=access.user).exclude(closed_on=None)
    late = [each for each in mine if each.due_on < access.on]
    context = {
        "mine": _table(access, mine, _("Yours to do")),
        "others": _table(access, others, _("Others do, of people you see or because you asked")),
        "answered": list(answered.order_by("-closed_on")[:20]),
        "first": next(iter(late or mine), None),
        "today": address("today", access),
    }
    return render(request, "people/follow_ups.html", context)


def _table(access: Access, rows: list[FollowUp], caption: str) -> Table:
    return Table(
        caption=caption,
        columns=(
            Column(_("What")),
            Column(_("Person")),
            Column(_("By when")),
            Column(_("Who does it")),
        ),
        rows=[
            Row(
                (
                    cells.link(each.what, _url(access, each)),
                    each.enrolment.participant.full_name,
                    cells.status("overdue") + cells.day(each.due_on)
                    if each.due_on < access.on
                    else each.due_on,
                    each.owner.full_name,
                ),
                is_urgent=each.due_on < access.on,
            )
            for each in rows
        ],
        empty=_("None."),
    )


def _url(access: Access, each: FollowUp) -> str:
    return address("follow-up", access, each.enrolment.public_id, each.public_id)


@needs("record-services")
def ask(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """Ask for something to be done for someone."""
    row = own_enrolment(access, code)
    return do(
        request,
        FollowUpForm(
            request.POST or None,
            owners=case_managers(access),
            initial={"owner": access.user.public_id},
        ),
        lambda said: ask_follow_up(
            by=access,
            enrolment=row,
            owner=said["owner"],
            what=said["what"],
            due_on=said["due_on"],
        ),
        heading=_("Ask for a follow-up"),
        lead=row.participant.full_name,
        done=_("It is on the list of whoever does it."),
        back=address("one", access, code),
        more={"row": row},
    )


@needs("record-services")
def close(request: HttpRequest, access: Access, code: str, item: str) -> HttpResponse:
    """Say what came of a follow-up; its owner may, and whoever sees the person."""
    found = follow_ups_of(access).filter(public_id=item, enrolment__public_id=code).first()
    if found is None:
        raise Http404
    look(by=access, participant=found.enrolment.participant, basis="a follow-up")
    if found.closed_on is not None:
        return render(
            request,
            "people/follow_up.html",
            {"each": found, "today": address("follow-ups", access)},
        )
    lead = _("%(name)s: %(what)s. %(asker)s asked.") % {
        "name": found.enrolment.participant.full_name,
        "what": found.what,
        "asker": found.asked_by.full_name,
    }
    return do(
        request,
        CloseForm(request.POST or None),
        lambda said: close_follow_up(
            by=access, follow_up=found, on=access.on, came_of_it=said["came_of_it"]
        ),
        heading=_("Say what came of it"),
        lead=lead,
        submit=_("Close the follow-up"),
        done=_("It is closed, and whoever asked sees what came of it."),
        back=address("follow-ups", access),
        more={"crumb": _("Follow-ups")},
    )
