"""What a statement says was cut: all that limits took off, also of money carried or held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Statement
from tests.lib.deals import a_deal, a_term
from tests.lib.settling import stated

HELD = {"outcome": "kept", "at_least": "1", "held": "once-met", "otherwise": "held"}
LOST = {"outcome": "kept", "at_least": "1", "otherwise": "lost"}


def shown(deal: Deal, values: Mapping[str, Sequence[str]]) -> list[tuple[int, int, int, int]]:
    """Paid, cut, carried on and held, of each period's last line, in whole dollars."""
    periods = range(1, len(values["homes"]) + 1)
    history = [{name: column[:at] for name, column in values.items()} for at in periods]
    return [_numbers(statement) for statement in stated(deal, history)]


def _numbers(statement: Statement) -> tuple[int, int, int, int]:
    last = statement.lines[-1]
    new = sum(line.amount for line in statement.lines if line.period == statement.period)
    return (new // 100, last.cut // 100, last.carried // 100, last.held // 100)


def a_line(**limits: Any) -> Deal:
    return a_deal(payments=[a_term(price="10", **limits)])


def test_carried_money_that_does_not_fit_is_cut_again() -> None:
    deal = a_line(ceiling_each_period="60", carry_until="2027-12-31")
    assert shown(deal, {"homes": ["10", "5", "0"]}) == [
        (60, 40, 40, 0),
        (60, 30, 30, 0),
        (30, 0, 0, 0),
    ]


def test_released_money_above_the_ceiling_is_cut() -> None:
    deal = a_line(ceiling="250", conditions=[HELD])
    values = {"homes": ["10", "20", "1"], "kept": ["0", "1", "0"]}
    assert shown(deal, values) == [(0, 0, 0, 100), (250, 50, 0, 0), (0, 10, 0, 0)]


@pytest.mark.parametrize(("condition", "held"), [(LOST, 0), (HELD, 100)])
def test_what_a_condition_keeps_back_is_not_cut(condition: dict[str, str], held: int) -> None:
    deal = a_line(ceiling_each_period="60", conditions=[condition])
    assert shown(deal, {"homes": ["10"], "kept": ["0"]}) == [(0, 0, 0, held)]


def test_carried_money_that_nothing_will_pay_is_cut() -> None:
    deal = a_line(ceiling_each_period="60", ceiling="70", carry_until="2027-12-31")
    assert shown(deal, {"homes": ["10", "4"]})[1][:2] == (10, 70)
