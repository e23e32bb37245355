"""Proposing an amendment, answering for a party, and putting it in force: each leaves one event.

An amendment that comes into force is written to the deal's folder first, and told to the log after
that. A process killed between the two leaves a version on record and a proposal that can be put in
force once more, which writes nothing new.
"""

from __future__ import annotations

from django.utils import timezone

from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.governance.consents import Said
from payforsuccess.governance.roles.actions import Action
from payforsuccess.runs.amend.in_force import put_in_force as write_version
from payforsuccess.runs.amend.proposed import check_proposed, read_proposed
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.amendments.models import Answer, Proposal
from payforsuccess.web.amendments.queries import case_of, one_of, party_of
from payforsuccess.web.audit.actions import hold, record


@action
def propose(*, by: Access, text: str) -> Proposal:
    """Ask every party whose consent the amended deal needs; refuses whatever is wrong with it.

    The same file again, while it waits, is the proposal that it was.
    """
    hold()
    by.require("keep-initiative")
    proposed = read_proposed(by.initiative.path, text)
    check_proposed(proposed, on=by.on)
    same = Proposal.objects.filter(
        initiative=by.initiative,
        text=proposed.text,
        base=proposed.base.fingerprint,
        withdrawn_at=None,
        in_force_at=None,
    ).first()
    if same is not None:
        return same
    proposal = Proposal(
        initiative=by.initiative,
        number=proposed.amendment.number,
        says=proposed.amendment.says,
        text=proposed.text,
        checksum=proposed.deal.fingerprint,
        base=proposed.base.fingerprint,
        by=by.user,
        at=timezone.now(),
    )
    proposal.save()
    record(
        by.actor("keep-initiative"),
        "amendment.proposed",
        proposal,
        after={
            "number": proposal.number,
            "checksum": proposal.checksum,
            "touches": ", ".join(proposed.amendment.touches),
            "asked": "; ".join(str(one) for one in proposed.needed),
        },
    )
    return proposal


@action
def answer(*, by: Access, proposal: Proposal, which: int, said: Said, reason: str = "") -> Answer:
    """The party's signatory consents or refuses; refuses whoever has a conflict.

    which: the place of the consent among those that are asked.
    """
    hold()
    Proposal.objects.select_for_update().get(pk=proposal.pk)
    standing = one_of(by, proposal.public_id)
    if not standing.is_open or not 0 <= which < len(standing.consents.asked):
        raise _closed()
    asked = standing.consents.asked[which]
    by.require("answer-amendments", case_of(by, standing, asked.consent))
    if said == "not-needed" and asked.consent.above is None:
        raise Refusal(
            Problem(
                sentence("This consent is needed whatever the amount."),
                sentence("Consent to it, or refuse."),
            )
        )
    if said != "consented" and not reason.strip():
        raise Refusal(
            Problem(sentence("The reason is missing."), sentence("Say why, in a sentence."))
        )
    given = Answer(
        proposal=proposal,
        of=asked.consent.of,
        party=party_of(by, asked.consent),
        said=said,
        reason=reason,
        by=by.user,
        on=by.on,
        at=timezone.now(),
    )
    given.save()
    record(
        by.actor("answer-amendments"),
        f"amendment.{said}",
        proposal,
        before={"stood": asked.standing},
        after={
            "number": proposal.number,
            "for": given.party,
            "as": given.of,
            "checksum": proposal.checksum,
            "reason": reason,
        },
    )
    return given


@action
def put_in_force(*, by: Access, proposal: Proposal) -> Deal:
    """The amendment becomes a version of the deal; refuses one that lacks a consent.

    Whoever gave the last consent does so by giving it; else the coordinator does.
    """
    hold()
    Proposal.objects.select_for_update().get(pk=proposal.pk)
    standing = one_of(by, proposal.public_id)
    if standing.state != "complete":
        raise _closed()
    allowed: Action = "answer-amendments"
    if not proposal.answers.filter(by=by.user).exists():
        allowed = "keep-initiative"
        by.require(allowed)
    deal = write_version(by.initiative.path, proposal.text, consents=standing.consents.recorded)
    proposal.in_force_at = timezone.now()
    proposal.save(update_fields=["in_force_at"])
    record(
        by.actor(allowed),
        "amendment.in-force",
        proposal,
        before={"deal": proposal.base},
        after={"number": proposal.number, "deal": deal.fingerprint, "from": deal.in_force_from},
    )
    return deal


@action
def withdraw(*, by: Access, proposal: Proposal) -> None:
    """Nobody is asked any more; what was answered stays on record."""
    hold()
    by.require("keep-initiative")
    Proposal.objects.select_for_update().get(pk=proposal.pk)
    if not one_of(by, proposal.public_id).is_open:
        raise _closed()
    proposal.withdrawn_at = timezone.now()
    proposal.save(update_fields=["withdrawn_at"])
    record(
        by.actor("keep-initiative"),
        "amendment.withdrawn",
        proposal,
        after={"number": proposal.number},
    )


@action
def download(*, by: Access, proposal: Proposal) -> None:
    """Someone took the proposed deal file out of here."""
    by.require("see-terms-and-statements")
    record(
        by.actor("see-terms-and-statements"),
        "amendment.downloaded",
        proposal,
        after={"number": proposal.number, "checksum": proposal.checksum},
    )


def _closed() -> Refusal:
    return Refusal(
        Problem(
            sentence("This amendment does not wait for that any more."),
            sentence("Look at how it stands now."),
        )
    )
