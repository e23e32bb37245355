"""Who is given a role, whose password is not enough, how long an emergency lasts (R111, R143)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from payforsuccess.governance.break_glass import LASTS, LOOKED_AT_WITHIN, Emergency
from payforsuccess.governance.roles.cases import Case
from payforsuccess.governance.roles.holding import Employer, why_not_held
from payforsuccess.governance.roles.may import may
from payforsuccess.governance.roles.roles import ROLES
from payforsuccess.governance.roles.second_factor import needs_second_factor
from payforsuccess.governance.roles.second_person import waits_for_counsel

PUBLIC_BODY = Employer()
AT_ONCE = {
    "case-manager",
    "provider",
    "jail-liaison",
    "court-contact",
    "monitoring-board",
    "coordinator",
    "project-manager",
    "board-office",
    "link-reviewer",
    "participant-representative",
    "public",
}
JAIL = Employer(is_law_enforcement=True)
AT = datetime(2027, 5, 1, 2, 30, tzinfo=UTC)


def of(*holds: str) -> Employer:
    return Employer(holds)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("role", "employer"),
    [
        ("case-manager", of("provider")),
        ("payor", of("payor")),
        ("investor", of("guarantor")),
        ("evaluator", of("evaluator")),
        ("link-reviewer", PUBLIC_BODY),
        ("jail-liaison", JAIL),
        ("court-contact", PUBLIC_BODY),
        ("auditor-controller", PUBLIC_BODY),
    ],
)
def test_a_role_is_given_to_people_of_a_fitting_employer(role: str, employer: Employer) -> None:
    assert why_not_held(role, employer) == ""


@pytest.mark.parametrize(
    ("role", "employer", "says"),
    [
        ("case-manager", PUBLIC_BODY, "people of a provider"),
        ("case-manager", Employer(("provider",), is_law_enforcement=True), "never may"),
        ("data-steward", JAIL, "never may"),
        ("jail-liaison", PUBLIC_BODY, "custody agency"),
        ("payor", of("provider"), "people of a payor"),
        ("link-reviewer", of("provider"), "is provider in this deal"),
        ("evaluator", of("evaluator", "investor"), "is investor in this deal"),
        ("validator", of("payor"), "is payor in this deal"),
        ("monitoring-board", of("guarantor"), "is guarantor in this deal"),
    ],
)
def test_a_role_is_refused_to_an_employer_that_spoils_it(
    role: str, employer: Employer, says: str
) -> None:
    """R111, R117, R135."""
    assert says in why_not_held(role, employer)


@pytest.mark.parametrize(
    ("held", "wanted"),
    [
        ("coordinator", "data-steward"),
        ("auditor-controller", "coordinator"),
        ("evaluator", "validator"),
        ("counsel", "data-steward"),
        ("payor", "data-steward"),
    ],
)
def test_two_roles_that_check_each_other_are_not_held_by_one_person(held: str, wanted: str) -> None:
    """R111: in whichever order they are given."""
    held_by = {"payor": of("payor"), "evaluator": PUBLIC_BODY}
    first = why_not_held(wanted, held_by.get(wanted, PUBLIC_BODY), besides=[held])
    second = why_not_held(held, held_by.get(held, PUBLIC_BODY), besides=[wanted])

    assert "do not go together" in first
    assert "do not go together" in second


@pytest.mark.parametrize("role", ROLES)
def test_whoever_prepares_approves_determines_or_pays_gives_no_roles(role: str) -> None:
    """R111: nobody makes the second person whose approval their own work needs."""
    money = {"prepare-statements", "approve-payments", "determine-outcomes", "mark-paid"}
    together = may([ROLES[role], ROLES["data-steward"]], "manage-accounts")

    assert not (money & set(ROLES[role].may) and together)


def test_the_data_steward_alone_gives_roles() -> None:
    assert {name for name, role in ROLES.items() if may([role], "manage-accounts")} == {
        "data-steward"
    }


def test_who_sees_people_moves_money_or_gives_roles_needs_a_second_factor() -> None:
    without = {name for name, role in ROLES.items() if not needs_second_factor([role])}

    assert without == {
        "provider",
        "monitoring-board",
        "board-office",
        "participant-representative",
        "public",
    }
    assert needs_second_factor([ROLES["board-office"], ROLES["payor"]])


def test_a_record_is_opened_in_an_emergency_by_a_supervisor_with_a_reason() -> None:
    """R143."""
    worker, reason = [ROLES["case-manager"]], "Fire in the building tonight"

    assert may(worker, "open-in-emergency", Case(is_supervisor=True, emergency=reason))
    assert not may(worker, "open-in-emergency", Case(emergency=reason))
    assert not may(worker, "open-in-emergency", Case(is_supervisor=True, emergency="urgent"))
    assert not may(
        [ROLES["counsel"]], "open-in-emergency", Case(is_supervisor=True, emergency=reason)
    )


@given(some.integers(min_value=-7200, max_value=7200))
def test_an_emergency_ends_after_an_hour_by_itself(seconds: int) -> None:
    at = AT + timedelta(seconds=seconds)

    assert Emergency(AT).is_open(at) is (0 <= seconds < 3600)
    assert Emergency(AT).ends_at - AT == LASTS


def test_an_emergency_that_nobody_looked_at_in_time_is_overdue() -> None:
    just, late = AT + LOOKED_AT_WITHIN - timedelta(seconds=1), AT + LOOKED_AT_WITHIN

    assert not Emergency(AT).is_overdue(just)
    assert Emergency(AT).is_overdue(late)
    assert not Emergency(AT, looked_at=just).is_overdue(late)


def test_a_role_that_checks_others_waits_for_counsel_and_the_first_counsel_for_nobody() -> None:
    """R39, R123: whoever gives roles makes up no second person."""
    assert {role for role in ROLES if not waits_for_counsel(role, had_counsel=True)} == AT_ONCE
    first = {role for role in ROLES if not waits_for_counsel(role, had_counsel=False)}
    assert first == AT_ONCE | {"counsel"}


@pytest.mark.parametrize(
    "case",
    [Case("Ana", prepared_by=("ana",)), Case("Ana", prepared_by=("Bo",), decided_by=("Ana",))],
)
def test_nobody_confirms_what_they_gave_or_get(case: Case) -> None:
    assert not may([ROLES["counsel"]], "confirm-roles", case)
    assert may([ROLES["counsel"]], "confirm-roles", Case("Ben", prepared_by=("Ana",)))
