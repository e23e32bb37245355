"""Access follows role, in both directions: what each may, and what nobody else may."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.governance.roles.actions import ACTIONS, BLINDING, OF_PEOPLE, WORDS, Action
from payforsuccess.governance.roles.cases import CASES, Case
from payforsuccess.governance.roles.may import No, Yes, may, who_can
from payforsuccess.governance.roles.role import Role
from payforsuccess.governance.roles.roles import ROLES

GOOD = Case(
    person="Ash",
    is_own=True,
    legal_basis="Penal Code 13202",
    counsel_approved="Bo of Counsel",
    is_planned_look=True,
    is_locked=True,
    has_ethics_record=True,
    board_decision="minutes of 1 June",
    prepared_by=("Cob",),
    determined_by=("Dow",),
    approved_by=(),
    is_supervisor=True,
    emergency="a fire in the building",
)
PAID = replace(GOOD, approved_by=("Elm", "Fir"))
ONLY: dict[Action, set[str]] = {
    "mark-paid": {"auditor-controller"},
    "approve-payments": {"payor"},
    "determine-outcomes": {"evaluator"},
    "validate-determinations": {"validator"},
    "answer-amendments": {
        "payor",
        "provider",
        "investor",
        "evaluator",
        "project-manager",
        "board-office",
    },
    "assign-at-random": {"evaluator"},
    "see-arms": {"evaluator"},
    "see-control-group": {"evaluator"},
    "see-outcomes-by-arm": {"evaluator", "monitoring-board"},
    "see-contact-details": {"case-manager"},
    "see-notes-and-health": {"case-manager"},
    "see-bookings": {"case-manager"},
    "see-own-referrals": {"jail-liaison", "court-contact"},
    "see-small-counts": {"evaluator", "validator", "auditor-controller"},
    "see-dollars-at-risk": {"validator", "payor"},
    "see-investor-pack": {"investor", "project-manager"},
    "review-links": {"link-reviewer"},
    "clear-participation": {"counsel"},
    "approve-disclosure": {"counsel"},
    "disclose-to-law-enforcement": {"data-steward"},
    "remove-priority": {"board-office"},
    "report-to-payor": {"coordinator"},
    "speak-for-participants": {"participant-representative"},
    "manage-accounts": {"data-steward"},
    "confirm-roles": {"counsel"},
    "open-in-emergency": {"case-manager"},
    "see-public-summary": set(ROLES),
}


def case_for(action: Action) -> Case:
    return PAID if action == "mark-paid" else GOOD


@pytest.mark.parametrize("action", ONLY)
def test_these_and_no_others_may(action: Action) -> None:
    """R111: test users of each role see only what they may."""
    allowed = {name for name, role in ROLES.items() if may([role], action, case_for(action))}
    assert allowed == ONLY[action]


@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.name)
def test_a_role_may_what_it_lists_and_nothing_else(role: Role) -> None:
    """R111: yes with the role, or no with the reason and who can."""
    for action in ACTIONS:
        told = may([role], action, case_for(action))
        if action in role.may or action == "see-public-summary":
            assert isinstance(told, Yes), action
        else:
            assert isinstance(told, No), action
            assert WORDS[action] in told.reason
            assert told.who_can == who_can(action)
    assert not set(role.may) & set(role.never)
    assert role.held_by.endswith(".")


def test_every_action_is_someones() -> None:
    for action in ACTIONS:
        assert any(action in role.may for role in ROLES.values()), action
    assert set(WORDS) == set(ACTIONS)


roles = st.sets(st.sampled_from(sorted(ROLES)))


@given(roles, st.sampled_from(OF_PEOPLE))
def test_investors_and_the_public_never_see_a_person(others: set[str], action: Action) -> None:
    """R111: whatever other roles an investor holds; the public without another role."""
    held = [ROLES[name] for name in others]
    assert not may([*held, ROLES["investor"]], action, GOOD)
    assert not may([], action, GOOD)


@given(roles, st.sampled_from(BLINDING))
def test_case_managers_never_see_the_control_group(others: set[str], action: Action) -> None:
    """R111: the evaluator sees arms, case managers do not see control-group records."""
    assert not may([*(ROLES[name] for name in others), ROLES["case-manager"]], action, GOOD)


@pytest.mark.parametrize("custody", ["jail-liaison", "court-contact"])
@given(roles)
def test_custody_and_courts_never_see_address_notes_or_health(
    custody: str, others: set[str]
) -> None:
    """R117: a wall between services and law enforcement."""
    held = [*(ROLES[name] for name in others), ROLES[custody]]
    assert not may(held, "see-contact-details", GOOD)
    assert not may(held, "see-notes-and-health", GOOD)


@given(roles, st.sampled_from(ACTIONS))
def test_what_one_role_forbids_no_other_allows(held: set[str], action: Action) -> None:
    """R111: a further role never lifts what another forbids."""
    forbidden = any(action in ROLES[name].never for name in held)
    assert not (forbidden and may([ROLES[name] for name in held], action, case_for(action)))


@pytest.mark.parametrize("action", CASES)
def test_what_hangs_on_the_case_is_not_allowed_without_one(action: Action) -> None:
    """R111: what the case does not say is taken as not so."""
    tied = Case(employer_holds=("investor",))
    for role in ROLES.values():
        told = may([role], action, tied)
        assert not told
        assert isinstance(told, No)
        assert CASES[action][0] in told.who_can


def test_bookings_reach_case_managers_only_under_a_named_legal_basis() -> None:
    """R117: bookings under a named legal basis, of one's own caseload."""
    own = ROLES["case-manager"]
    assert may([own], "see-bookings", Case(is_own=True, legal_basis="Penal Code 13202"))
    assert not may([own], "see-bookings", Case(is_own=True))
    assert not may([own], "see-bookings", Case(legal_basis="Penal Code 13202"))


def test_a_disclosure_to_law_enforcement_is_approved_by_counsel() -> None:
    """R117: each disclosure is approved by Counsel, who does not disclose."""
    steward = ROLES["data-steward"]
    case = Case(counsel_approved="Bo", legal_basis="a court's order")
    assert may([steward], "disclose-to-law-enforcement", case)
    assert not may([steward], "disclose-to-law-enforcement", replace(case, counsel_approved=""))
    assert not may([steward], "disclose-to-law-enforcement", replace(case, legal_basis=""))
    assert not may([steward, ROLES["counsel"]], "approve-disclosure", case)


APPROVING = [
    (GOOD, ""),
    (replace(GOOD, approved_by=("Elm",)), ""),
    (replace(GOOD, prepared_by=("ash",)), "You prepared it"),
    (replace(GOOD, prepared_by=(" A S H", "Cob")), ""),
    (replace(GOOD, prepared_by=("Cob", "ASH")), "You prepared it"),
    (replace(GOOD, determined_by=("Ash",)), "You determined results"),
    (replace(GOOD, approved_by=("Ash",)), "count once"),
    (replace(GOOD, prepared_by=()), "Nobody is on record"),
    (replace(GOOD, person=""), "Nobody is named"),
]


@pytest.mark.parametrize(("case", "says"), APPROVING)
def test_two_people_approve_a_payment_and_neither_prepared_it(case: Case, says: str) -> None:
    """R111: no approval of money rests on one person."""
    told = may([ROLES["payor"]], "approve-payments", case)
    assert bool(told) is not bool(says)
    assert isinstance(told, Yes) or says in told.reason


@pytest.mark.parametrize(
    ("case", "allowed"),
    [
        (PAID, True),
        (replace(PAID, approved_by=("Elm",)), False),
        (replace(PAID, approved_by=("Elm", "elm")), False),
        (replace(PAID, approved_by=("Elm", "Ash")), False),
        (replace(PAID, prepared_by=("Ash",)), False),
    ],
)
def test_paid_is_marked_after_two_approvals_and_by_a_third(case: Case, allowed: bool) -> None:
    """R129: the Auditor-Controller's role alone marks paid."""
    assert bool(may([ROLES["auditor-controller"]], "mark-paid", case)) is allowed
    assert not may([ROLES["payor"], ROLES["coordinator"]], "mark-paid", case)


@pytest.mark.parametrize("tied", ["provider", "investor", "payor", "guarantor"])
@pytest.mark.parametrize(
    ("role", "action"),
    [
        ("evaluator", "determine-outcomes"),
        ("validator", "validate-determinations"),
        ("link-reviewer", "review-links"),
    ],
)
def test_who_works_for_a_party_with_a_stake_judges_nothing(
    role: str, action: Action, tied: str
) -> None:
    """R135: no link reviewer works for provider, lender or payor; nor does an evaluator."""
    assert may([ROLES[role]], action, GOOD)
    employed = Case(**{**vars(GOOD), "employer_holds": ("adviser", tied)})
    assert not may([ROLES[role]], action, employed)


def test_link_reviewers_see_neither_arm_outcome_nor_money() -> None:
    """R135: they see identifiers only, and decide a match once."""
    reviewer = ROLES["link-reviewer"]
    for action in ("see-arms", "see-outcomes-by-arm", "see-terms-and-statements", "see-totals"):
        assert not may([reviewer], action, GOOD)  # type: ignore[arg-type]
    assert may([reviewer], "see-identifiers", GOOD)
    assert not may([reviewer], "review-links", replace(GOOD, decided_by=("Ash",)))


def test_outcomes_by_arm_wait_for_a_planned_look() -> None:
    """R139: only the evaluator and a named monitoring board, at planned looks."""
    for name in ("evaluator", "monitoring-board"):
        assert may([ROLES[name]], "see-outcomes-by-arm", GOOD)
        assert not may([ROLES[name]], "see-outcomes-by-arm", replace(GOOD, is_planned_look=False))


def test_a_priority_is_removed_by_the_board_alone() -> None:
    """R28: removing it needs a recorded authority."""
    assert may([ROLES["board-office"]], "remove-priority", GOOD)
    assert not may([ROLES["board-office"]], "remove-priority", replace(GOOD, board_decision=""))
    told = may([ROLES["coordinator"]], "remove-priority", GOOD)
    assert isinstance(told, No)
    assert told.who_can == "Board office can, by a recorded decision of the Board."
