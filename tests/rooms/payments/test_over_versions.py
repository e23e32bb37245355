"""What earlier versions and final periods did is neither forgotten nor done twice."""

from __future__ import annotations

from datetime import date

import pytest

from payforsuccess.deal.results import Statement
from payforsuccess.errors import Refusal
from payforsuccess.payments.statement import Facts, make_statement
from tests.lib.deals import a_deal, a_term, an_outcome
from tests.lib.settling import (
    an_amendment,
    columns,
    history_of,
    problems_of,
    replayed,
    rows,
)

FREE = {"homes": an_outcome(bounds=None, unit="home")}


def amounts(deals: list[object], values: list[str], **keys: object) -> list[int]:
    """What the one line comes to in each period, in whole currency units."""
    run = replayed(deals, {"homes": values}, **keys)  # type: ignore[arg-type]
    return [run.amount(n, "unit-price") // 100 for n in range(1, len(values) + 1)]


def versions(first: dict[str, object], then: dict[str, object], **deal: object) -> list[object]:
    """A deal of one line at 1.00, and an amendment of it from period 3 on."""
    old = a_deal(outcomes=FREE, payments=[a_term(price="1", **first)], **deal)
    return [old, an_amendment(outcomes=FREE, payments=[a_term(price="1", **then)])]


def test_a_ceiling_that_an_amendment_brings_counts_what_was_paid_before() -> None:
    """500 paid without a ceiling leave 100 under a ceiling of 600."""
    assert amounts(versions({}, {"ceiling": "600"}), ["500", "0", "500"]) == [500, 0, 100]


def test_a_lower_ceiling_takes_nothing_back_and_pays_nothing_more() -> None:
    """800 paid under a ceiling of 1,000; a ceiling of 300 pays no more."""
    deals = versions({"ceiling": "1000"}, {"ceiling": "300"})

    assert amounts(deals, ["800", "0", "500"]) == [800, 0, 0]


def test_a_limit_for_one_person_that_an_amendment_brings_counts_what_each_earned() -> None:
    """50 earned without a limit leave 10 under a ceiling of 60 for one person."""
    deals = versions({}, {"ceiling_each_person": "60", "round_each": "person"})
    people = rows("homes 1 ann 50\nhomes 2 ann 0\nhomes 3 ann 50\nhomes 3 bob 50")
    run = replayed(deals, None, people=people)  # type: ignore[arg-type]

    assert [run.amount(n, "unit-price") for n in (1, 2, 3)] == [50_00, 0, 60_00]


def test_a_later_limit_for_one_person_needs_the_rows_from_the_start() -> None:
    """Without rows nobody knows how much of the limit is used."""
    deals = versions({}, {"ceiling_each_person": "60", "round_each": "person"})
    people = rows("homes 3 ann 50")

    with pytest.raises(Refusal) as refusal:
        replayed(deals, columns({"homes": ["50", "0"]}), people=people)  # type: ignore[arg-type]
    assert "by a later amendment" in problems_of(refusal.value)


def held(*facts: str) -> dict[str, object]:
    """Conditions that hold money back until each fact is true."""
    return {"conditions": [{"fact": fact, "otherwise": "held"} for fact in facts]}


def with_facts(values: list[tuple[str, dict[str, bool]]]) -> object:
    """Results that say which facts hold."""
    from payforsuccess.deal.results import Results
    from tests.lib.settling import a_result

    return Results(
        results=tuple(
            a_result(
                value=value,
                period=number,
                facts=[{"name": name, "holds": holds} for name, holds in facts.items()],
            )
            for number, (value, facts) in enumerate(values, 1)
        )
    )


def test_a_condition_keeps_what_it_held_when_another_comes_before_it() -> None:
    """Held by `audited`, released when it is met, although `insured` is now listed first."""
    deals = versions(held("audited"), held("insured", "audited"))
    yes = {"audited": True, "insured": True}
    results = with_facts([("100", {"audited": False}), ("0", {"audited": False}), ("100", yes)])
    run = replayed(deals, results, through=3)  # type: ignore[arg-type]

    assert [run.amount(n, "unit-price") for n in (1, 2, 3)] == [0, 0, 200_00]


def test_another_condition_does_not_open_by_what_an_old_one_met() -> None:
    """`audited` was once met; `insured` never was."""

    def once(fact: str) -> dict[str, object]:
        return {"conditions": [{"fact": fact, "held": "once-met", "otherwise": "lost"}]}

    results = with_facts(
        [("100", {"audited": True}), ("0", {"audited": True}), ("100", {"insured": False})]
    )
    run = replayed(versions(once("audited"), once("insured")), results, through=3)  # type: ignore[arg-type]

    assert [run.amount(n, "unit-price") for n in (1, 2, 3)] == [100_00, 0, 0]


def test_money_held_under_a_condition_that_is_gone_is_refused() -> None:
    """It is neither paid nor lost by silence."""
    results = with_facts([("100", {"audited": False}), ("0", {"audited": False}), ("100", {})])

    with pytest.raises(Refusal) as refusal:
        replayed(versions(held("audited"), {}), results, through=3)  # type: ignore[arg-type]
    assert "USD 100.00 of `unit-price` is held back under a condition" in problems_of(refusal.value)


def test_money_carried_under_a_ceiling_that_is_gone_is_refused() -> None:
    """It is neither paid nor lost by silence."""
    first = {"ceiling_each_period": "60", "carry_until": "2027-12-31"}

    with pytest.raises(Refusal) as refusal:
        replayed(versions(first, {}), columns({"homes": ["100", "60", "0"]}))  # type: ignore[arg-type]
    assert "USD 40.00 of `unit-price` is carried" in problems_of(refusal.value)


def test_a_line_that_is_read_to_date_from_now_on_knows_what_it_earned() -> None:
    """100 in each of three periods is 300, not the first two again."""
    assert amounts(versions({}, {"reads": "to-date"}), ["100", "100", "100"]) == [100, 100, 100]


def test_a_line_by_person_that_is_read_to_date_from_now_on_counts_what_came_before() -> None:
    """10 for each of two people in each of three periods is 20 a period."""
    each = {"round_each": "person"}
    people = rows("\n".join(f"homes {at} {who} 10" for at in (1, 2, 3) for who in ("ann", "bob")))
    run = replayed(versions(each, each | {"reads": "to-date"}), None, people=people)  # type: ignore[arg-type]

    assert [run.amount(n, "unit-price") for n in (1, 2, 3)] == [20_00, 20_00, 20_00]


COHORTS = {
    "says": "Adults",
    "start_event": "release",
    "cohorts": [
        {"name": "First", "from": "2026-01-01", "to": "2026-06-30"},
        {"name": "Second", "from": "2026-07-01", "to": "2026-12-31"},
    ],
}
BY_COHORT = "\n".join(
    f"homes {at} {row}" for at in (1, 2, 3) for row in ("ann 10 - First", "bob 5 - Second")
)


def of_cohorts(first: dict[str, str], then: dict[str, str]) -> list[int]:
    """What a line read to date pays for two cohorts, before and after an amendment of it."""
    deals = [
        make(outcomes=FREE, people=COHORTS, payments=[a_term(price="1", reads="to-date", **term)])
        for make, term in ((a_deal, first), (an_amendment, then))
    ]
    run = replayed(deals, None, people=rows(BY_COHORT))  # type: ignore[arg-type]
    return [run.amount(n, "unit-price") for n in (1, 2, 3)]


@pytest.mark.parametrize("each", [{}, {"round_each": "person"}])
def test_what_cohorts_earned_is_not_paid_again_where_they_are_told_apart_no_longer(
    each: dict[str, str],
) -> None:
    found = of_cohorts({"ceiling_each_cohort": "1000", **each}, each)
    assert found == [15_00, 15_00, 15_00]


@pytest.mark.parametrize("each", [{}, {"round_each": "person"}])
def test_cohorts_told_apart_after_something_was_earned_to_date_are_refused(
    each: dict[str, str],
) -> None:
    """Nobody knows whose it was, and it must not be paid a second time."""
    with pytest.raises(Refusal) as refusal:
        of_cohorts(each, {"ceiling_each_cohort": "1000", **each})
    assert "what each of them earned before is not known" in problems_of(refusal.value)


def test_one_cohort_takes_back_nothing_that_another_earned() -> None:
    """By person and to date: 10 and 5 in each period, though both could fall."""
    each = {"ceiling_each_cohort": "1000", "round_each": "person", "claws_back": "true"}
    assert of_cohorts(each, each) == [15_00, 15_00, 15_00]


def test_a_fall_takes_back_no_more_than_was_paid() -> None:
    """100 earned, 60 paid under the ceiling; at 50 to date 10 come back, not 50."""
    to_date = an_outcome(bounds=None, unit="home", reported_as="to-date")
    term = a_term(price="1", reads="to-date", claws_back="true", ceiling="60")
    run = replayed(
        a_deal(outcomes={"homes": to_date}, payments=[term]), {"homes": ["100", "50", "80"]}
    )

    assert [run.amount(n, "unit-price") for n in (1, 2, 3)] == [60_00, -10_00, 10_00]


def test_an_amendment_for_some_cohorts_changes_no_limit_on_all() -> None:
    """Its ceiling would bind the line of people it does not govern."""
    amendment = an_amendment(
        outcomes=FREE,
        payments=[a_term(price="1", ceiling="300")],
        amendment={"governs": "cohort"},
    )
    with pytest.raises(Refusal) as refusal:
        history_of([a_deal(outcomes=FREE, payments=[a_term(price="1")]), amendment])
    assert "changes a limit on all of them: ceiling of unit-price" in problems_of(refusal.value)


def test_a_period_is_stated_when_it_is_over() -> None:
    """Not on a day before its last one."""
    facts = Facts(history_of(a_deal()), columns({"homes": ["3"]}))

    with pytest.raises(Refusal, match="A period is stated when it is over"):
        make_statement(facts, period=1, as_of=date(2026, 3, 30), program="1")
    assert make_statement(facts, period=1, as_of=date(2026, 3, 31), program="1").statement.total


def test_rows_of_more_people_than_the_deal_can_serve_are_refused() -> None:
    """The proofs rest on the head count."""
    people = rows("\n".join(f"homes 1 p{number} 1" for number in range(41)))

    with pytest.raises(Refusal, match="41 people, and the deal can serve at most 40"):
        replayed(a_deal(), None, people=people)


def finality(deal_outcome: dict[str, object], term: dict[str, object]) -> tuple[object, Facts]:
    """A deal whose periods are final a month after their statement."""
    deal = a_deal(
        outcomes={"homes": an_outcome(bounds=None, unit="home", **deal_outcome)},
        payments=[a_term(price="1", **term)],
        finality={"look_back": "1 month", "materiality": "0", "final_on": "2028-12-31"},
    )
    return deal, Facts(history_of(deal), None)


def two_statements(deal: object, first: list[str], then: list[str]) -> tuple[Statement, Statement]:
    """Period 1 stated at once, period 2 half a year later on other results."""
    history = history_of(deal)  # type: ignore[arg-type]
    one = make_statement(
        Facts(history, columns({"homes": first})), period=1, as_of=date(2026, 4, 1), program="1"
    ).statement
    two = make_statement(
        Facts(history, columns({"homes": then}), earlier=(one,)),
        period=2,
        as_of=date(2026, 10, 1),
        program="1",
    ).statement
    return one, two


def test_what_is_final_stays_in_what_is_read_to_date() -> None:
    """Stated 100, found to be 0 too late: 200 to date pay another 100, under a ceiling or not."""
    for ceiling in (None, "250"):
        deal, _ = finality({"reported_as": "to-date"}, {"reads": "to-date", "ceiling": ceiling})
        one, two = two_statements(deal, ["100"], ["0", "200"])

        assert one.total == 100_00
        assert two.total == 100_00
        assert [item.period for item in two.not_corrected] == [1]


def test_nothing_is_carried_out_of_a_final_period() -> None:
    """Stated 50 under 60 a period, found to be 100 too late: no 40 appear later."""
    deal, _ = finality({}, {"ceiling_each_period": "60", "carry_until": "2027-12-31"})
    one, two = two_statements(deal, ["50"], ["100", "0"])

    assert (one.total, two.total) == (50_00, 0)
