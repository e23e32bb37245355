"""Everything that happens to a referral. Each change is one transaction with one audit event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from payforsuccess.deal.words.eligibility import rule_of
from payforsuccess.errors import Refusal
from payforsuccess.governance.referral import BY, State, check_next
from payforsuccess.governance.roles.cases import Case
from payforsuccess.measures.eligibility import judge
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.accounts.models import Organisation
from payforsuccess.web.audit.actions import record
from payforsuccess.web.people.models import Participant
from payforsuccess.web.referrals.models import Change, Message, Referral
from payforsuccess.web.referrals.queries import same_person

OWN = Case(is_own=True)


@dataclass(frozen=True)
class Person:
    """Who is referred, as the office knows them."""

    given_name: str
    family_name: str
    born_on: date
    middle_name: str = ""
    ssn: str = ""
    sex: str = ""
    race: str = ""
    language: str = ""


@dataclass(frozen=True)
class Circumstances:
    """What the referral says beside the person: dates, and facts for eligibility and strata."""

    source: str
    release_expected_on: date | None = None
    hearing_on: date | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


@action
def refer(
    *, by: Access, office: Organisation, person: Person, circumstances: Circumstances
) -> Referral:
    """A new referral, judged by the deal's rule at once.

    Someone known already is the same participant: an earlier draw or enrolment is met, never
    repeated. Whether they are known is not told to the office.
    """
    by.require("refer-people")
    now = timezone.now()
    participant = same_person(by.initiative, person) or Participant.objects.create(
        initiative=by.initiative,
        given_name=person.given_name,
        middle_name=person.middle_name,
        family_name=person.family_name,
        born=person.born_on.isoformat(),
        ssn=person.ssn,
        sex=person.sex,
        race=person.race,
        language=person.language,
    )
    referral = Referral.objects.create(
        initiative=by.initiative,
        participant=participant,
        office=office,
        referred_by=by.user,
        source=circumstances.source,
        made_at=now,
        release_expected_on=circumstances.release_expected_on,
        hearing_on=circumstances.hearing_on,
        facts=dict(circumstances.facts),
        state="made",
        state_at=now,
    )
    Change.objects.create(referral=referral, state="made", at=now, by=by.user)
    _judge(by, referral, now)
    record(
        by.actor("refer-people"),
        "referral.made",
        referral,
        after={"state": referral.state, "source": referral.source},
    )
    return referral


def _judge(by: Access, referral: Referral, now: datetime) -> None:
    """Set the state by the deal's eligibility rule; what is not known leaves it unclear."""
    rule = by.initiative.deal.people.eligible
    found = judge(rule, referral.facts)
    to: State = {"yes": "eligible", "no": "not-eligible", "unknown": "unclear"}[found.verdict]  # type: ignore[assignment]
    referral.failed = [rule_of(rule[at]) for at in (*found.failed, *found.untold)]
    _move(by, referral, to, now)


@action
def change_state(
    *, by: Access, referral: Referral, to: State, reason: str = "", at: datetime | None = None
) -> Referral:
    """Bring a referral into another state; Refusal where that cannot follow."""
    by.require(BY[to], OWN)
    with transaction.atomic():
        locked = Referral.objects.select_for_update().get(pk=referral.pk)
        problems = check_next(locked.state, to)  # type: ignore[arg-type]
        if problems:
            raise Refusal(problems)
        before = locked.state
        locked.decline_reason = reason if to == "declined" else locked.decline_reason
        if to == "released-unmet":
            locked.released_at = at or timezone.now()
        _move(by, locked, to, at or timezone.now())
        record(
            by.actor(BY[to]),
            "referral.changed",
            locked,
            before={"state": before},
            after={"state": to, "reason": reason},
        )
    return locked


def _move(by: Access, referral: Referral, to: State, at: datetime) -> None:
    referral.state, referral.state_at = to, at
    referral.save()
    Change.objects.create(referral=referral, state=to, at=at, by=by.user)


@action
def say(*, by: Access, referral: Referral, office: Organisation, text: str) -> Message:
    """A message on the thread of a referral."""
    allowed = by.may("see-own-referrals", OWN) or by.may("answer-referrals")
    if not allowed:
        by.require("answer-referrals")
    message = Message.objects.create(
        referral=referral, at=timezone.now(), by=by.user, office=office, text=text
    )
    record(by.actor("see-own-referrals"), "referral.message", referral)
    return message
