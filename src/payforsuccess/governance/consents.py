"""Consents to a proposed amendment: whose they are, who may give them, what they come to (R125).

The matrix of the version that is amended says whose they are. An answer is one person's, for one
party in one capacity; the last one of each counts. What is needed only above an amount is asked
too: how much an amendment moves over its life is for the party to judge, which then says that its
consent is not needed, and why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from payforsuccess.deal import parties
from payforsuccess.deal.approvals import same_person
from payforsuccess.deal.checks.amendments import ROLE_OF, NeededConsent
from payforsuccess.deal.contract import ConsentOf, RecordedConsent

Said = Literal["consented", "refused", "not-needed"]
Standing = Literal["waiting", "consented", "refused", "not-needed"]
SIGNATORY: dict[ConsentOf, str] = {
    "payor": "payor",
    "vehicle": "project-manager",
    "lender": "investor",
    "provider": "provider",
    "evaluator": "evaluator",
    "board": "board-office",
}
"""Who speaks for a party in each capacity: the role that commits it. For the Board its office does,
which records what the Board decided."""


@dataclass(frozen=True)
class Answer:
    """What one person said for a party in one capacity, with the reason where it is no consent."""

    of: ConsentOf
    party: str
    said: Said
    by: str
    on: date
    reason: str = ""


@dataclass(frozen=True)
class Asked:
    """A consent that is asked for, and the answer that counts."""

    consent: NeededConsent
    answer: Answer | None

    @property
    def standing(self) -> Standing:
        """Waiting until someone answers."""
        return "waiting" if self.answer is None else self.answer.said

    @property
    def is_settled(self) -> bool:
        """Whether nothing more of it is waited for."""
        return self.standing in ("consented", "not-needed")


@dataclass(frozen=True)
class Consents:
    """Every consent that a proposed amendment asks for, in the order of the matrix."""

    asked: tuple[Asked, ...]

    @property
    def is_complete(self) -> bool:
        """Whether nothing is waited for and nobody refused."""
        return all(one.is_settled for one in self.asked)

    @property
    def refused(self) -> tuple[Asked, ...]:
        """Those whose party refused."""
        return tuple(one for one in self.asked if one.standing == "refused")

    @property
    def waiting(self) -> tuple[Asked, ...]:
        """Those that nobody answered."""
        return tuple(one for one in self.asked if one.standing == "waiting")

    @property
    def recorded(self) -> tuple[RecordedConsent, ...]:
        """The consents that were given, as the deal file keeps them."""
        given = [one.answer for one in self.asked if one.answer and one.standing == "consented"]
        found = [RecordedConsent(of=each.of, party=each.party, on=each.on) for each in given]
        return tuple(dict.fromkeys(found))


def consents(needed: Sequence[NeededConsent], answers: Sequence[Answer]) -> Consents:
    """How the consents stand with the answers so far, which come in the order they were given.

    Where any party with the role may consent, the last answer of any of them counts.
    """
    asked = []
    for one in needed:
        fitting = [
            each
            for each in answers
            if each.of == one.of
            and (not one.party or each.party == one.party)
            and (each.said != "not-needed" or one.above is not None)
        ]
        asked.append(Asked(one, fitting[-1] if fitting else None))
    return Consents(tuple(asked))


def speaks_for(
    consent: NeededConsent,
    held: Sequence[tuple[str, str]],
    holds: Mapping[str, Sequence[parties.Role]],
) -> str:
    """The party for which someone may answer; empty where the consent is not theirs to give.

    held: the roles of the person, each with the party it is held for. holds: what each party is in
    the deal. The Board is no party of the deal; its office answers under its own name.
    """
    for role, party in held:
        if role != SIGNATORY[consent.of] or not party:
            continue
        if consent.of == "board":
            return party
        fits = set(ROLE_OF[consent.of]) & set(holds.get(party, ()))
        if fits and consent.party in ("", party):
            return party
    return ""


def spoke_for_others(answers: Sequence[Answer], party: str) -> tuple[str, ...]:
    """The people who answered for another party: one person speaks for one."""
    said = {same_person(each.by): each.by for each in answers if each.party != party}
    return tuple(said.values())
