"""Disclosures to law enforcement: asked for by the data desk, decided by Counsel, then made."""

from __future__ import annotations

from django.utils import timezone

from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.accounts.models import Disclosure
from payforsuccess.web.audit.actions import record

ASKING = Case(counsel_approved="to be asked for", legal_basis="to be named")
"""The case of who asks: Counsel's approval is what is being asked for."""


@action
def ask_disclosure(
    *, by: Access, agency: str, participant: str, what: str, legal_basis: str
) -> Disclosure:
    """The data desk asks Counsel; nothing is disclosed by it."""
    by.require("disclose-to-law-enforcement", ASKING)
    disclosure = Disclosure(
        initiative=by.initiative,
        asked_by=by.user,
        asked_at=timezone.now(),
        agency=agency,
        participant=participant,
        what=what,
        legal_basis=legal_basis,
    )
    disclosure.full_clean(exclude=["decided_by", "decided_at", "made_at"])
    disclosure.save()
    record(
        by.actor("disclose-to-law-enforcement"),
        "disclosure.asked",
        disclosure,
        after={"agency": agency, "person": participant},
        basis=legal_basis,
    )
    return disclosure


@action
def decide_disclosure(*, by: Access, disclosure: Disclosure, approves: bool, reason: str) -> None:
    """Counsel approves or refuses, with a reason, once."""
    by.require("approve-disclosure")
    disclosure = _due(disclosure, "asked")
    disclosure.state = "approved" if approves else "refused"
    disclosure.decided_by, disclosure.decided_at = by.user, timezone.now()
    disclosure.reason = reason
    disclosure.save()
    record(
        by.actor("approve-disclosure"),
        f"disclosure.{disclosure.state}",
        disclosure,
        before={"state": "asked"},
        after={"state": disclosure.state},
        basis=disclosure.legal_basis,
    )


@action
def make_disclosure(*, by: Access, disclosure: Disclosure) -> None:
    """The data desk hands over what Counsel approved; refuses anything else."""
    disclosure = _due(disclosure, "approved")
    counsel = disclosure.decided_by.full_name if disclosure.decided_by else ""
    by.require(
        "disclose-to-law-enforcement",
        Case(counsel_approved=counsel, legal_basis=disclosure.legal_basis),
    )
    disclosure.state, disclosure.made_at = "made", timezone.now()
    disclosure.save()
    record(
        by.actor("disclose-to-law-enforcement"),
        "disclosure.made",
        disclosure,
        after={"agency": disclosure.agency, "person": disclosure.participant},
        basis=disclosure.legal_basis,
    )


def _due(disclosure: Disclosure, state: str) -> Disclosure:
    """The disclosure as it is now, locked; refuses a step that another person took meanwhile."""
    now = Disclosure.objects.select_for_update(of=("self",)).get(pk=disclosure.pk)
    if now.state != state:
        raise Refusal(
            [
                Problem(
                    sentence("This step of the disclosure is not due."),
                    sentence("Look at where it stands."),
                )
            ]
        )
    return now
