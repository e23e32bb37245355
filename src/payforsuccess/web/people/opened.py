"""A record that is open in an emergency is read, and not written: its case manager writes it."""

from __future__ import annotations

from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.accounts.break_glass import opened_for
from payforsuccess.web.people.models import Enrolment, Participant
from payforsuccess.web.people.queries import sites_of, visible_to

READ_ALONE = sentence("This record is open to you in an emergency, to be read and not changed.")
WHO_WRITES = sentence("Tell the case manager or a supervisor of the person’s site what happened.")


def is_own(access: Access, row: Enrolment) -> bool:
    """Whether the enrolment is of one's own caseload or site, so that one may write on it."""
    return row.case_manager_id == access.user.pk or row.site in sites_of(access)


def refuse_opened(by: Access, participant: Participant) -> None:
    """Refusal of a change to someone whom one sees because of an emergency alone (R143)."""
    if not opened_for(by).filter(participant=participant.public_id).exists():
        return
    if not visible_to(by).filter(participant=participant).exists():
        raise Refusal([Problem(READ_ALONE, WHO_WRITES)])
