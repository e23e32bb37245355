"""What depends on the case: one's own, a legal basis, a second person, an independent employer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from payforsuccess.deal import parties
from payforsuccess.deal.approvals import same_person
from payforsuccess.errors import sentence
from payforsuccess.governance.approval import ENOUGH
from payforsuccess.governance.roles.actions import Action

TIED: tuple[parties.Role, ...] = ("provider", "investor", "guarantor", "payor")
"""Roles of an organisation whose people neither determine outcomes nor decide matches."""
PARTIES: dict[str, str] = {
    "provider": sentence("provider"),
    "investor": sentence("investor"),
    "guarantor": sentence("guarantor"),
    "payor": sentence("payor"),
}
"""What an organisation is in the deal, in a word."""
FEWEST_WORDS = 3
"""Of the reason for opening a record in an emergency: one word explains nothing to a reader."""


@dataclass(frozen=True)
class Case:
    """What a permission can hang on; what is left out is taken as not so.

    person: who asks. employer_holds: the roles of the person's organisation in the deal. is_own:
    whether the caseload, referral or feed is of the person or the person's office. legal_basis: the
    named law or agreement that allows it. counsel_approved: who of Counsel approved it.
    is_planned_look: whether the plan sets a look for the day, or the study is over. is_locked:
    whether the decisions are closed. has_ethics_record: whether one is in force. prepared_by,
    determined_by, approved_by, decided_by: who did the earlier steps. is_supervisor: whether the
    person supervises others of the role. emergency: why a record must be opened now.
    """

    person: str = ""
    employer_holds: tuple[parties.Role, ...] = ()
    is_own: bool = False
    legal_basis: str = ""
    counsel_approved: str = ""
    is_planned_look: bool = False
    is_locked: bool = False
    has_ethics_record: bool = False
    board_decision: str = ""
    prepared_by: tuple[str, ...] = ()
    determined_by: tuple[str, ...] = ()
    approved_by: tuple[str, ...] = ()
    decided_by: tuple[str, ...] = ()
    is_supervisor: bool = False
    emergency: str = ""

    def did(self, earlier: tuple[str, ...]) -> bool:
        """Whether the person is among those who did an earlier step."""
        return same_person(self.person) in map(same_person, earlier)


def _own(case: Case) -> str:
    return "" if case.is_own else sentence("It is not of your own caseload or office.")


def _basis(case: Case) -> str:
    return "" if case.legal_basis else sentence("No legal basis is named for it.")


def _booking(case: Case) -> str:
    return _own(case) or _basis(case)


def _disclosed(case: Case) -> str:
    if not case.counsel_approved:
        return sentence("Counsel has not approved this disclosure.")
    return _basis(case)


def _look(case: Case) -> str:
    return "" if case.is_planned_look else sentence("The plan sets no look for this day.")


def _locked(case: Case) -> str:
    return "" if case.is_locked else sentence("Decisions on matches are not closed yet.")


def _ethical(case: Case) -> str:
    return "" if case.has_ethics_record else sentence("No ethics record is in force.")


def _untied(case: Case) -> str:
    tied = [role for role in case.employer_holds if role in TIED]
    if not tied:
        return ""
    return sentence("Your organisation is {role} in this deal.", role=PARTIES[tied[0]])


def _reviewed(case: Case) -> str:
    if case.did(case.decided_by):
        return sentence("You have decided this match already; a second person must.")
    return _untied(case)


def _validated(case: Case) -> str:
    if not case.determined_by:
        return sentence("Nobody is on record as having determined it.")
    if case.did(case.determined_by):
        return sentence("You determined it; someone else must validate it.")
    return _untied(case)


def _approved(case: Case) -> str:
    if not case.person:
        return sentence("Nobody is named as approving.")
    if not case.prepared_by:
        return sentence(
            "Nobody is on record as having prepared it, so it cannot be told that it is not you."
        )
    if case.did(case.prepared_by):
        return sentence("You prepared it; someone else must approve it.")
    if case.did(case.determined_by):
        return sentence("You determined results it pays on; someone else must approve it.")
    if case.did(case.approved_by):
        return sentence("You have approved it already, and count once.")
    return ""


def _paid(case: Case) -> str:
    people = {same_person(each) for each in case.approved_by}
    if len(people) < ENOUGH:
        return sentence("{number} people must approve it first.", number=ENOUGH)
    if case.did((*case.approved_by, *case.prepared_by)):
        return sentence("You prepared or approved it; someone else must mark it as paid.")
    return ""


def _consented(case: Case) -> str:
    if not case.person:
        return sentence("Nobody is named as answering.")
    if not case.prepared_by:
        return sentence("Nobody is on record as having proposed it.")
    if not case.is_own:
        return sentence("The consent is another party's.")
    if case.did(case.prepared_by):
        return sentence("You proposed it; someone else must answer for your party.")
    if case.did(case.decided_by):
        return sentence("You answered for another party; one person speaks for one.")
    return ""


def _confirmed(case: Case) -> str:
    if not case.prepared_by:
        return sentence("Nobody is on record as having given it.")
    if case.did(case.prepared_by):
        return sentence("You gave the role; someone else must confirm it.")
    if case.did(case.decided_by):
        return sentence("The role is your own; someone else must confirm it.")
    return ""


def _urgent(case: Case) -> str:
    if not case.is_supervisor:
        return sentence("You do not supervise case managers.")
    if len(case.emergency.split()) < FEWEST_WORDS:
        return sentence("The emergency is not described.")
    return ""


def _removed(case: Case) -> str:
    if not case.board_decision:
        return sentence("No decision of the Board that removes it is on record.")
    return ""


CASES: dict[Action, tuple[str, Callable[[Case], str]]] = {
    "see-own-caseload": (sentence("of one's own caseload"), _own),
    "see-contact-details": (sentence("of one's own caseload"), _own),
    "see-notes-and-health": (sentence("of one's own caseload"), _own),
    "see-own-referrals": (sentence("of one's own office"), _own),
    "see-bookings": (sentence("of one's own caseload, under a named legal basis"), _booking),
    "see-identifiers": (sentence("of one's own caseload, feed or review"), _own),
    "see-linked-records": (sentence("under a named legal basis"), _basis),
    "see-control-group": (sentence("under a named legal basis"), _basis),
    "see-outcomes-by-arm": (sentence("at a planned look, or after the last"), _look),
    "see-dollars-at-risk": (sentence("once decisions on matches are closed"), _locked),
    "disclose-to-law-enforcement": (
        sentence("approved by Counsel, under a named basis"),
        _disclosed,
    ),
    "assign-at-random": (sentence("with an ethics record in force"), _ethical),
    "determine-outcomes": (
        sentence("of an organisation that neither serves, lends nor pays"),
        _untied,
    ),
    "validate-determinations": (sentence("who determined none of it"), _validated),
    "review-links": (
        sentence("a second person for each; of no provider, lender or payor"),
        _reviewed,
    ),
    "approve-payments": (
        sentence("two people, neither of whom prepared or determined it"),
        _approved,
    ),
    "mark-paid": (sentence("after two people approved, neither of them oneself"), _paid),
    "answer-amendments": (
        sentence("for one's own party, having proposed nothing of it"),
        _consented,
    ),
    "confirm-roles": (sentence("a role that somebody else gave to somebody else"), _confirmed),
    "open-in-emergency": (sentence("as a supervisor, who says what the emergency is"), _urgent),
    "remove-priority": (sentence("by a recorded decision of the Board"), _removed),
}
"""The case in which an action is allowed, in words, and why it is not in another."""
