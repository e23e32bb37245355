"""Conditions: lost or held, in each period or once for good, on outcomes, facts and other lines."""

from __future__ import annotations

from typing import Any

import pytest

from payforsuccess.errors import Refusal
from tests.lib.deals import a_deal, a_term, an_outcome
from tests.lib.settling import a_result, a_statement, columns, paid, problems_of, rows

TEN = {"price": "10"}


def gated(**condition: str) -> Any:
    return a_deal(payments=[a_term(**TEN, conditions=[condition])])


COUNTS = {"homes": ["3", "2", "4", "1"], "kept": ["0", "1", "0", "1"]}


@pytest.mark.parametrize(
    ("held", "otherwise", "cents"),
    [
        ("in-period", "lost", [0, 20_00, 0, 10_00]),
        ("in-period", "held", [0, 50_00, 0, 50_00]),
        ("once-met", "lost", [0, 20_00, 40_00, 10_00]),
        ("once-met", "held", [0, 50_00, 40_00, 10_00]),
    ],
)
def test_money_is_lost_or_held_while_a_condition_is_not_met(
    held: str, otherwise: str, cents: list[int]
) -> None:
    deal = gated(outcome="kept", at_least="1", held=held, otherwise=otherwise)
    assert paid(deal, COUNTS) == cents


@pytest.mark.parametrize(
    ("limit", "met"),
    [
        ({"at_least": "3"}, [False, True, True]),
        ({"more_than": "3"}, [False, False, True]),
        ({"at_most": "3"}, [True, True, False]),
        ({"less_than": "3"}, [True, False, False]),
    ],
)
def test_a_limit_says_whether_it_includes_its_value(limit: dict[str, str], met: list[bool]) -> None:
    deal = gated(outcome="kept", otherwise="lost", **limit)
    found = paid(deal, {"homes": ["1"] * 3, "kept": ["2", "3", "4"]})
    assert found == [10_00 if each else 0 for each in met]


def test_held_money_is_a_released_line_when_the_condition_is_met() -> None:
    deal = gated(outcome="kept", at_least="1", otherwise="held")
    one = a_statement(deal, {"homes": ["3"], "kept": ["0"]})
    two = a_statement(deal, {"homes": ["3", "2"], "kept": ["0", "1"]}, period=2, earlier=[one])
    assert [(line.kind, line.amount, line.held) for line in one.lines] == [("line", 0, 30_00)]
    assert [(line.kind, line.amount) for line in two.lines] == [
        ("line", 20_00),
        ("released", 30_00),
    ]


def test_released_money_stays_within_the_period_ceiling() -> None:
    condition = {"outcome": "kept", "at_least": "1", "otherwise": "held"}
    term = a_term(**TEN, conditions=[condition], ceiling_each_period="40")
    assert paid(a_deal(payments=[term]), COUNTS) == [0, 40_00, 0, 40_00]


def test_a_line_may_wait_until_another_has_earned_something() -> None:
    first = a_term(**TEN, name="first")
    then = a_term(
        pays_for="kept",
        price="10",
        name="then",
        conditions=[{"after": "first", "otherwise": "held"}],
    )
    deal = a_deal(payments=[first, then])
    results = {"homes": ["0", "1", "0"], "kept": ["2", "1", "1"]}
    assert paid(deal, results, term="then") == [0, 30_00, 10_00]


def test_a_condition_may_rest_on_a_fact_of_the_determination() -> None:
    deal = gated(fact="audit-passed", otherwise="lost")
    facts = [[{"name": "audit-passed", "holds": holds}] for holds in ("true", "false")]
    results = columns(
        {}, a_result(value="2", facts=facts[0]), a_result(value="3", period=2, facts=facts[1])
    )
    assert paid(deal, results) == [20_00, 0]


def test_a_fact_that_no_result_states_is_asked_for() -> None:
    with pytest.raises(Refusal) as refusal:
        paid(gated(fact="audit-passed", otherwise="lost"), {"homes": ["2"]})
    assert "asks whether “audit-passed” holds" in problems_of(refusal.value)


def test_a_fact_to_date_is_the_latest_one() -> None:
    condition = {"fact": "audit-passed", "otherwise": "held"}
    deal = a_deal(payments=[a_term(**TEN, reads="to-date", conditions=[condition])])
    results = columns(
        {},
        a_result(value="2", facts=[{"name": "audit-passed", "holds": "false"}]),
        a_result(value="3", period=2, facts=[{"name": "audit-passed", "holds": "true"}]),
    )
    assert paid(deal, results) == [0, 50_00]


def test_a_condition_reads_the_latest_value_of_an_outcome_to_date() -> None:
    deal = a_deal(
        payments=[
            a_term(**TEN, conditions=[{"outcome": "kept", "at_least": "5", "otherwise": "lost"}])
        ],
        outcomes={"kept": an_outcome("kept", reported_as="to-date")},
    )
    assert paid(deal, {"homes": ["1"] * 3, "kept": [None, "5", None]}) == [0, 10_00, 10_00]


def test_a_condition_may_read_an_outcome_that_is_known_by_person() -> None:
    deal = gated(outcome="kept", at_least="2", otherwise="lost")
    people = rows("kept 1 a 1\nkept 1 b 1")
    assert paid(deal, {"homes": ["3"]}, people=people) == [30_00]


def test_several_conditions_must_all_be_met() -> None:
    conditions = [
        {"outcome": "kept", "at_least": "1", "otherwise": "lost"},
        {"outcome": "served", "at_least": "10", "otherwise": "lost"},
    ]
    deal = a_deal(payments=[a_term(**TEN, conditions=conditions)])
    results = {"homes": ["1"] * 3, "kept": ["1", "0", "1"], "served": ["10", "10", "9"]}
    assert paid(deal, results) == [10_00, 0, 0]


def test_a_condition_that_reads_two_values_at_once_is_refused() -> None:
    """Two cohorts fall due together and state the fact differently: nothing is guessed."""
    cohorts = [
        {"name": "First", "from": "2026-01-01", "to": "2026-06-30"},
        {"name": "Second", "from": "2026-07-01", "to": "2026-12-31"},
    ]
    deal = a_deal(
        payments=[a_term(**TEN, conditions=[{"fact": "audit-passed", "otherwise": "lost"}])],
        people={"says": "Adults", "start_event": "release", "cohorts": cohorts},
    )
    results = columns(
        {},
        a_result(value="2", cohort="First", facts=[{"name": "audit-passed", "holds": "true"}]),
        a_result(value="3", cohort="Second", facts=[{"name": "audit-passed", "holds": "false"}]),
    )
    with pytest.raises(Refusal) as refusal:
        paid(deal, results)
    assert "reads different values for First and Second" in problems_of(refusal.value)
