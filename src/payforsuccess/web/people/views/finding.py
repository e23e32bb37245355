"""Finding one person of those that someone sees, and telling why something is refused."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest

from payforsuccess.errors import Refusal
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.people.models import Enrolment
from payforsuccess.web.people.queries import open_to, whole_rows
from payforsuccess.web.ui.told import told_problem


def own_enrolment(access: Access, code: str) -> Enrolment:
    """An enrolment of those that the person sees; to others it does not exist."""
    found = whole_rows(access, of=open_to(access)).filter(public_id=code).first()
    if found is None:
        raise Http404
    return found


def tell_problems(request: HttpRequest, refusal: Refusal) -> None:
    """Each problem as a message: what it is, and what to do."""
    for problem in refusal.problems:
        messages.error(request, told_problem(problem))
