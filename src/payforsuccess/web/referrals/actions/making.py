"""A new referral, and facts of one that come later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.accounts.models import Organisation
from payforsuccess.web.audit.actions import hold, record
from payforsuccess.web.fields import blind_index
from payforsuccess.web.people.holding import held
from payforsuccess.web.people.models import Participant
from payforsuccess.web.referrals.actions.moving import _join, _judge
from payforsuccess.web.referrals.models import Change, Referral
from payforsuccess.web.referrals.queries import same_person, standing_of
from payforsuccess.web.referrals.questions import known_facts, names_of


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
    paper_on: date | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


@action
def refer(
    *, by: Access, office: Organisation, person: Person, circumstances: Circumstances
) -> Referral:
    """A new referral, judged by the deal's rule at once.

    Someone known already is the same participant: an earlier draw or enrolment is met, never
    repeated. Whether another office referred them is not told: this referral waits for its answer
    like any other. Whom the same office referred, and who waits or was answered, is joined to that.
    """
    by.require("refer-people")
    if office not in by.organisations:
        raise ValueError("nobody refers for an office that is not their own")
    hold()  # whoever else refers the same person now finds them here
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
    earlier = standing_of(participant, office=office)
    follows = known_facts(
        names_of(by.initiative),
        born=person.born_on,
        on=by.on,
        sex=person.sex,
        race=person.race,
        language=person.language,
    )
    referral = Referral.objects.create(
        initiative=by.initiative,
        participant=participant,
        office=office,
        referred_by=by.user,
        name_written=f"{person.given_name} {person.family_name}",
        born_written=person.born_on.isoformat(),
        name_mark=blind_index(person.family_name, person.given_name, person.born_on.isoformat()),
        family_mark=blind_index(person.family_name),
        source=circumstances.source,
        made_at=now,
        release_expected_on=circumstances.release_expected_on,
        hearing_on=circumstances.hearing_on,
        paper_on=circumstances.paper_on,
        facts={**follows, **circumstances.facts},
        state="made",
        state_at=now,
    )
    Change.objects.create(referral=referral, state="made", at=now, by=by.user)
    if earlier is None:
        _judge(by, referral, now)
    else:
        _join(by, referral, earlier, now)
    record(
        by.actor("refer-people"),
        "referral.made",
        referral,
        after={"state": referral.state, "source": referral.source},
    )
    return referral


@action
def complete_facts(*, by: Access, referral: Referral, facts: Mapping[str, str]) -> Referral:
    """Facts that were not known; the rule judges anew. Refusal once it was judged."""
    by.require("refer-people")
    if held(referral).state not in ("unclear", "eligible"):
        raise Refusal(
            Problem(
                sentence("The facts of this referral were judged, and stand as they are."),
                sentence("If something was wrong, write to the programme on the thread."),
            )
        )
    told = {name: value for name, value in facts.items() if value and not referral.facts.get(name)}
    referral.facts = {**referral.facts, **told}
    _judge(by, referral, timezone.now())
    record(
        by.actor("refer-people"),
        "referral.completed",
        referral,
        after={"state": referral.state, "facts": ", ".join(sorted(told))},
    )
    return referral
