"""The thread between the office that referred and the provider."""

from __future__ import annotations

from django.utils import timezone

from payforsuccess.errors import Refusal
from payforsuccess.governance.roles.actions import Action
from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.accounts.models import Organisation
from payforsuccess.web.audit.actions import record
from payforsuccess.web.referrals.models import Message, Referral
from payforsuccess.web.referrals.thread_texts import message_problems


@action
def say(*, by: Access, referral: Referral, office: Organisation, text: str) -> Message:
    """A message on the thread of a referral; both sides read it. Refuses `message_problems`."""
    allows: Action = "answer-referrals" if by.may("answer-referrals") else "see-own-referrals"
    by.require(allows, Case(is_own=True))
    problems = message_problems(text)
    if problems:
        raise Refusal(problems)
    message = Message.objects.create(
        referral=referral, at=timezone.now(), by=by.user, office=office, text=text
    )
    record(by.actor(allows), "referral.message", referral)
    return message
