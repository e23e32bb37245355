"""What people agreed to, refused, or took back."""

from __future__ import annotations

from datetime import date

from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import record
from payforsuccess.web.people.basis import OWN_WORD, PAGE_OF_REFERRALS, THE_PROGRAMME
from payforsuccess.web.people.days import refuse_ahead, refuse_before
from payforsuccess.web.people.holding import held
from payforsuccess.web.people.models import Consent, Participant
from payforsuccess.web.people.opened import refuse_opened
from payforsuccess.web.people.words import NOT_SAID


@action
def record_consent(*, by: Access, participant: Participant, consent: Consent) -> Consent:
    """What someone agreed to or refused. Services are the same either way.

    Saying no ends what they agreed to before, for the same purpose and recipient. Refusal of a day
    ahead, and of one before the person was born.
    """
    by.require("record-consent")
    refuse_opened(by, participant)
    refuse_ahead(by, consent.said_on)
    refuse_before(participant.born_on, consent.said_on, sentence("was born"))
    consent.participant = participant
    consent.full_clean()
    consent.save()
    ended = 0
    if not consent.is_given:
        ended = participant.consents.filter(
            purpose=consent.purpose,
            recipient=consent.recipient,
            is_given=True,
            said_on__lte=consent.said_on,
            withdrawn_on=None,
        ).update(withdrawn_on=consent.said_on)
    record(
        by.actor("record-consent"),
        "consent.recorded",
        consent,
        after={
            "given": consent.is_given,
            "on": consent.said_on,
            "recipient": consent.recipient,
            **({"ended": ended} if ended else {}),
        },
    )
    return consent


@action
def record_agreement(*, by: Access, participant: Participant, purpose: str, on: date) -> Consent:
    """What someone agreed to before an office that refers people, which ticks that they did.

    purpose: of `basis`. The providers of the deal receive what the referral says.
    """
    by.require("refer-people")
    providers = [p.name for p in by.initiative.deal.parties if "provider" in p.roles]
    consent = Consent(
        participant=participant,
        purpose=purpose,
        recipient="; ".join(providers)[:200] or THE_PROGRAMME,
        regime=OWN_WORD,
        form_version=PAGE_OF_REFERRALS,
        language=participant.language or NOT_SAID,
        is_given=True,
        said_on=on,
    )
    consent.full_clean()
    consent.save()
    record(
        by.actor("refer-people"),
        "consent.recorded",
        consent,
        after={"given": True, "on": on, "recipient": consent.recipient},
    )
    return consent


@action
def withdraw_consent(*, by: Access, consent: Consent, on: date) -> Consent:
    """Consent ends with a day; later reads stop. Refusal of a day ahead, or before it was given.

    Refusal also once it has ended.
    """
    by.require("record-consent")
    refuse_opened(by, consent.participant)
    ended_on = held(consent).withdrawn_on
    if ended_on is not None:
        raise Refusal(
            Problem(
                sentence("The person took it back already, on {on}.", on=ended_on),
                sentence("Nothing is to be done."),
            )
        )
    refuse_ahead(by, on)
    refuse_before(consent.said_on, on, sentence("said so"))
    consent.withdrawn_on = on
    consent.full_clean()
    consent.save()
    record(by.actor("record-consent"), "consent.withdrawn", consent, after={"on": on})
    return consent
