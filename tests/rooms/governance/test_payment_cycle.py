"""Whose turn it is, from measured results to the warrant (R34, R129)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from payforsuccess.governance.payment_cycle import CycleFacts, cycle_of

OVER = date(2026, 9, 30)
ON = date(2026, 11, 22)
NONE = CycleFacts(OVER)
MEASURED = replace(NONE, results_on=date(2026, 10, 10))
DETERMINED = replace(MEASURED, determined_on=date(2026, 10, 20), determined_by="Jo Fir")
STATED = replace(
    DETERMINED,
    stated_on=date(2026, 11, 10),
    stated_by="Pat Rowan",
    objections_until=date(2026, 11, 30),
    payable=300_00,
)
ONE_YES = replace(STATED, approved_by=("Ash Reed",))
APPROVED = replace(ONE_YES, approved_by=("Ash Reed", "Bay Reed"), is_approved=True)
PAID = replace(APPROVED, payable=0, paid=300_00, paid_on=date(2026, 11, 20))


@pytest.mark.parametrize(
    ("facts", "step", "needs"),
    [
        (NONE, "measured", "plan-evaluation"),
        (MEASURED, "determined", "determine-outcomes"),
        (DETERMINED, "stated", "prepare-statements"),
        (STATED, "approved", "approve-payments"),
        (ONE_YES, "approved", "approve-payments"),
        (APPROVED, "paid", "mark-paid"),
    ],
)
def test_the_next_actor_is_named(facts: CycleFacts, step: str, needs: str) -> None:
    current = cycle_of(facts, on=ON).current

    assert current is not None
    assert (current.name, current.needs) == (step, needs)


def test_all_is_done_once_everything_is_paid() -> None:
    assert cycle_of(PAID, on=ON).is_done


def test_a_statement_that_asks_for_nothing_is_done() -> None:
    assert cycle_of(replace(STATED, payable=0), on=ON).is_done


def test_what_is_disputed_keeps_the_payment_open_while_the_rest_is_paid() -> None:
    partly = replace(APPROVED, payable=0, paid=200_00, disputed=100_00)

    current = cycle_of(partly, on=ON).current
    rest = cycle_of(replace(partly, payable=50_00), on=ON).current

    assert current is not None
    assert (current.name, current.needs) == ("objections", "keep-initiative")
    assert rest is not None and rest.name == "paid"


def test_the_window_for_objections_stays_open_though_all_is_paid() -> None:
    def standing(on: date, facts: CycleFacts = PAID) -> str:
        return next(s.standing for s in cycle_of(facts, on=on).steps if s.name == "objections")

    assert (standing(ON), cycle_of(PAID, on=ON).is_done) == ("waiting", True)
    assert standing(date(2026, 12, 1)) == "done"
    assert standing(ON, replace(PAID, objections_until=None)) == "done"


def test_the_window_for_objections_is_over_on_the_day_after_its_last() -> None:
    def standing(on: date) -> str:
        return next(s.standing for s in cycle_of(STATED, on=on).steps if s.name == "objections")

    assert standing(date(2026, 11, 30)) == "waiting"
    assert standing(date(2026, 12, 1)) == "done"


def test_a_statement_sent_back_waits_for_the_office_and_not_for_the_payors() -> None:
    back = replace(STATED, returned_on=date(2026, 11, 20), returned_by="Ash Reed", reason="Twice")

    current = cycle_of(back, on=ON).current
    answered = replace(back, answered_on=date(2026, 11, 21), answered_by="Pat Rowan")
    then = cycle_of(answered, on=ON).current

    assert current is not None and (current.name, current.needs) == (
        "answered",
        "prepare-statements",
    )
    assert then is not None and then.name == "approved"
    assert "answered" not in [step.name for step in cycle_of(STATED, on=ON).steps]
