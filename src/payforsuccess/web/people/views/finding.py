"""Finding one person of those that someone sees, and telling why something is refused."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest

from payforsuccess.errors import Refusal
from payforsuccess.governance.roles.may import No
from payforsuccess.web.accounts.access import Access, Refused
from payforsuccess.web.accounts.break_glass import opened_for
from payforsuccess.web.people.actions import look
from payforsuccess.web.people.models import Enrolment
from payforsuccess.web.people.opened import READ_ALONE, WHO_WRITES, is_own
from payforsuccess.web.people.queries import open_to, sites_of, whole_rows
from payforsuccess.web.ui.told import told_problem


def own_enrolment(access: Access, code: str, *, to_read: bool = False) -> Enrolment:
    """An enrolment of those that the person sees; to others it does not exist.

    Each look is logged with its basis, by whatever method: a form that comes back shows as much.
    to_read: whether the page changes nothing, so that a record opened in an emergency shows on it.
    Every other page is refused then.
    """
    found = enrolment_of(access, code, to_read=to_read)
    look(by=access, participant=found.participant, basis=_basis(access, found))
    return found


def enrolment_of(access: Access, code: str, *, to_read: bool = False) -> Enrolment:
    """The same where nothing of the person is shown, such as to keep a draft while it is typed."""
    found = whole_rows(access, of=open_to(access)).filter(public_id=code).first()
    if found is None:
        raise Http404
    if not (to_read or is_own(access, found)):
        raise Refused(No(READ_ALONE, WHO_WRITES))
    return found


def _basis(access: Access, row: Enrolment) -> str:
    """Why the reader may open a page of this person, as the log keeps it."""
    if row.case_manager_id == access.user.pk:
        return "own caseload"
    if row.site in sites_of(access):
        return f"supervision of the site {row.site}"
    opening = opened_for(access).filter(participant=row.participant.public_id).latest("opened_at")
    return f"emergency, opening {opening.public_id}"


def tell_problems(request: HttpRequest, refusal: Refusal) -> None:
    """Each problem as a message: what it is, and what to do."""
    for problem in refusal.problems:
        messages.error(request, told_problem(problem))
