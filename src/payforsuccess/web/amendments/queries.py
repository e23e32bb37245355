"""Proposals that someone sees, and how each stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

from django.db.models import QuerySet
from django.http import Http404

from payforsuccess.deal import parties
from payforsuccess.deal.checks.amendments import NeededConsent
from payforsuccess.deal.contract import ConsentOf
from payforsuccess.deal.deal import Deal
from payforsuccess.governance.consents import (
    Answer,
    Consents,
    Said,
    consents,
    speaks_for,
    spoke_for_others,
)
from payforsuccess.governance.roles.cases import Case
from payforsuccess.runs.amend.proposed import Proposed, told_again
from payforsuccess.web.accounts.access import Access
from payforsuccess.web.amendments.models import Proposal
from payforsuccess.web.initiatives.deals import history_of
from payforsuccess.web.initiatives.models import Initiative

State = Literal["in-force", "to-come", "withdrawn", "overtaken", "refused", "waiting", "complete"]
OPEN: tuple[State, ...] = ("refused", "waiting", "complete")
"""States in which parties may still answer, and the proposer withdraw."""


@dataclass(frozen=True)
class Standing:
    """A proposal today. proposed: None where the version it was made for is not on record."""

    proposal: Proposal
    proposed: Proposed | None
    consents: Consents
    answers: tuple[Answer, ...]
    state: State

    @property
    def is_open(self) -> bool:
        """Whether answers still change something."""
        return self.state in OPEN


def visible_to(access: Access) -> QuerySet[Proposal]:
    """Every proposal of the initiative, for who sees its terms."""
    if not access.may("see-terms-and-statements"):
        return Proposal.objects.none()
    return (
        Proposal.objects.filter(initiative=access.initiative)
        .select_related("by", "initiative")
        .prefetch_related("answers__by")
    )


def one_of(access: Access, code: str) -> Standing:
    """A proposal under its public id; 404 where there is none to see."""
    proposal = visible_to(access).filter(public_id=code).first()
    if proposal is None:
        raise Http404
    return standing_of(proposal, access)


def standing_of(proposal: Proposal, access: Access) -> Standing:
    """How a proposal stands with the answers so far and the versions on record."""
    history = history_of(access.initiative.path)
    base = next((each for each in history.versions if each.fingerprint == proposal.base), None)
    answers = tuple(
        Answer(
            cast(ConsentOf, each.of),
            each.party,
            cast(Said, each.said),
            each.by.full_name,
            each.on,
            each.reason,
        )
        for each in proposal.answers.all()
    )
    proposed = None if base is None else _told(proposal.text, proposal.base, _Kept(base))
    found = consents(proposed.needed if proposed else (), answers)
    state = _state(proposal, proposed, found, history.latest, access)
    return Standing(proposal, proposed, found, answers, state)


def _state(
    proposal: Proposal, proposed: Proposed | None, found: Consents, latest: Deal, access: Access
) -> State:
    if proposal.withdrawn_at is not None:
        return "withdrawn"
    if proposed is None:
        return "overtaken"
    if proposal.in_force_at is not None:
        return "in-force" if proposed.deal.in_force_from <= access.on else "to-come"
    # A process that was killed after it wrote the version left it without the day.
    is_written = found.is_complete and latest.terms_fingerprint == proposed.deal.terms_fingerprint
    if latest.fingerprint != proposal.base and not is_written:
        return "overtaken"
    if found.refused:
        return "refused"
    return "complete" if found.is_complete else "waiting"


class _Kept:
    """A deal that a cache does not compare: the checksum beside it says which it is."""

    def __init__(self, deal: Deal) -> None:
        self.deal = deal

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=64)
def _told(text: str, _base: str, base: _Kept) -> Proposed:
    return told_again(text, base.deal)


def party_of(access: Access, consent: NeededConsent) -> str:
    """The party for which the person may answer; empty where the consent is another's."""
    held = [
        (each.role, each.organisation.party or _of_no_party(each.role, each.organisation.name))
        for each in access.memberships
    ]
    return speaks_for(consent, held, _holds(access.initiative))


def _of_no_party(role: str, name: str) -> str:
    """The Board's office answers under its own name: the Board is no party of the deal."""
    return name if role == "board-office" else ""


def _holds(initiative: Initiative) -> dict[str, tuple[parties.Role, ...]]:
    on_record = history_of(initiative.path).latest.parties
    return {party.name: party.roles for party in on_record}


def case_of(access: Access, standing: Standing, consent: NeededConsent) -> Case:
    """What the permission to answer hangs on."""
    party = party_of(access, consent)
    return Case(
        is_own=bool(party),
        prepared_by=(standing.proposal.by.full_name,),
        decided_by=spoke_for_others(standing.answers, party),
    )


def may_answer(access: Access, standing: Standing, which: int) -> bool:
    """Whether the person may answer one of the consents that are asked."""
    if not standing.is_open or not 0 <= which < len(standing.consents.asked):
        return False
    consent = standing.consents.asked[which].consent
    return bool(access.may("answer-amendments", case_of(access, standing, consent)))


def waits_for(access: Access) -> Proposal | None:
    """The oldest proposal on which this person's answer is missing."""
    if not any("answer-amendments" in role.may for role in access.roles):
        return None
    open_ones = visible_to(access).filter(withdrawn_at=None, in_force_at=None)
    for proposal in reversed(open_ones):
        standing = standing_of(proposal, access)
        for which, one in enumerate(standing.consents.asked):
            if one.standing == "waiting" and may_answer(access, standing, which):
                return proposal
    return None
