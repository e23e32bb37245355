"""The thread between the office that referred and the provider."""

from __future__ import annotations

from django.utils import timezone

from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.accounts.models import Organisation
from payforsuccess.web.audit.actions import record
from payforsuccess.web.referrals.models import Message, Referral


@action
def say(*, by: Access, referral: Referral, office: Organisation, text: str) -> Message:
    """A message on the thread of a referral; both sides read it."""
    if not by.may("see-own-referrals", Case(is_own=True)):
        by.require("answer-referrals")
    message = Message.objects.create(
        referral=referral, at=timezone.now(), by=by.user, office=office, text=text
    )
    record(by.actor("see-own-referrals"), "referral.message", referral)
    return message
