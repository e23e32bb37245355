"""The early end of a deal: who may call it, what is due step by step, and who gets it (R126)."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.deal.capital_record import CapitalRecord
from payforsuccess.deal.contract import TerminationEvent
from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Refusal
from payforsuccess.finance.capital_record import follow
from payforsuccess.finance.moves import party, tranche
from payforsuccess.finance.wind_down import Distributed, SumDue, distribute, refuse_early, sum_due
from payforsuccess.finance.wind_down.distribute import closes, investors_unpaid
from payforsuccess.finance.wind_down.unpaid import unpaid_by_term
from tests.lib.capital import SECOND, a_financed_deal, a_tranche
from tests.lib.deals import COUNTY, INVESTOR, PROVIDER, a_deal
from tests.lib.recorded_capital import CALL, ENDING, a_record

ON = date(2026, 7, 1)


def ended(deal: Deal, **facts: Any) -> tuple[SumDue, Distributed]:
    """The sum due under the deal's one event, and its distribution."""
    followed = follow(deal, a_record(**facts.pop("record", {})), as_of=ON)
    usual: dict[str, Any] = {
        "stated_unpaid": 0,
        "earned": 500_00,
        "not_measured": 3,
        "wind_up": None,
        "held": None,
        **facts,
    }

    def due_after(trial: Distributed | None) -> SumDue:
        unpaid = {} if trial is None else dict(investors_unpaid(trial.book))
        return sum_due(
            deal,
            deal.termination[0],
            **usual,
            unpaid={name: b.principal + b.interest for name, b in unpaid.items()},
            principal=sum(b.principal for b in unpaid.values()),
        )

    def paid(due: SumDue) -> Distributed:
        by_term = {"unit-price": due.amount("earned")}
        return distribute(followed, due, by_term=by_term)

    first = due_after(None)
    due = due_after(
        distribute(followed, first, by_term={"unit-price": 500_00}, calls_guarantees=False)
    )
    found = paid(due)
    assert closes(followed, found)
    return due, found


def a_deal_that_ends(*capital: Any, **event: Any) -> Deal:
    return a_financed_deal(*capital, termination=[{**ENDING, **event}])


def refused(deal: Deal, **changes: Any) -> str:
    usual: dict[str, Any] = {"on": ON, "by": None, "told_on": date(2026, 6, 1), **changes}
    with pytest.raises(Refusal) as refusal:
        refuse_early(deal, usual.pop("name", "no_money"), **usual)
    return "\n".join(f"{p.what} {p.do}" for p in refusal.value.problems)


def test_an_event_that_is_not_of_the_deal_is_refused() -> None:
    assert "`no_mony` is not the name of a termination event" in refused(
        a_deal_that_ends(), name="no_mony"
    )


def test_a_party_that_may_not_call_it_is_refused() -> None:
    assert f"It can be called by `{COUNTY}`" in refused(a_deal_that_ends(), by=PROVIDER)


def test_where_several_may_call_it_somebody_must_have() -> None:
    assert "--by" in refused(a_deal_that_ends(called_by=[COUNTY, INVESTOR]))


def test_before_cure_and_notice_have_run_out_the_first_possible_day_is_told() -> None:
    deal = a_deal_that_ends(cure="60 days")
    assert "The first possible day is 2026-08-30." in refused(deal)
    assert (
        refuse_early(deal, "no_money", on=date(2026, 8, 30), by=None, told_on=date(2026, 6, 1)).by
        == COUNTY
    )


def test_an_event_with_notice_needs_the_day_it_was_told() -> None:
    assert "nothing says when it was told" in refused(a_deal_that_ends(), told_on=None)


def test_a_day_after_the_end_of_the_deal_ends_nothing_early() -> None:
    assert "cannot end early" in refused(a_deal_that_ends(), on=date(2028, 1, 1))


def test_a_premium_belongs_to_making_whole() -> None:
    with pytest.raises(ValueError, match="makes nobody whole"):
        TerminationEvent.model_validate({**ENDING, "premium": "2%"})


def test_what_was_earned_and_what_was_not_spent_repay_the_loan() -> None:
    # 8,000 drawn, 6,000 spent, 1,000 repaid: 2,000 goes back unspent, 500 was earned
    due, found = ended(a_deal_that_ends())
    assert due.total == 500_00
    assert found.paid_to("loan", "principal") == 2_500_00
    assert investors_unpaid(found.book)["loan"].principal == 4_500_00


def test_make_whole_pays_principal_interest_and_premium_that_nothing_else_pays() -> None:
    loan = a_tranche(rate="5%", interest={"day_count": "30/360", "unpaid": "compounds"})
    # interest: 4 months on 8,000, then 2 on 7,000 and the unpaid 133.33
    due, found = ended(a_deal_that_ends(loan, sum_due="make-whole", premium="2%"))
    interest = 133_33 + 59_44
    assert due.amount("make-whole") == 4_500_00 + interest
    assert due.amount("premium") == 93_86  # 2% of 4,692.77
    assert not investors_unpaid(found.book)
    assert found.paid_to("loan", "return") == due.amount("premium")


def test_people_not_measured_and_winding_up_are_paid_for_up_to_the_cap() -> None:
    deal = a_deal_that_ends(early_payment="100", wind_up_cap="250")
    assert ended(deal)[0].amount("early", "wind-up") == 300_00 + 250_00
    due, found = ended(deal, wind_up=200_00)
    assert due.amount("wind-up") == 200_00
    assert [m.amount for m in found.moves if m.target == party(PROVIDER)] == [200_00]


def test_the_ceiling_takes_from_the_last_part_first_and_never_from_what_was_stated() -> None:
    deal = a_deal_that_ends(early_payment="100", wind_up_cap="250", ceiling="600")
    due, _ = ended(deal, stated_unpaid=700_00)
    assert [part.amount for part in due.parts] == [700_00, 500_00, 100_00, 0]
    assert due.limits == ("The ceiling of 600.00 takes off 450.00",)


def test_no_more_falls_due_than_is_held_where_the_deal_says_so() -> None:
    due, _ = ended(a_deal_that_ends(limited_to_held=True), held=120_00)
    assert due.total == 120_00


def test_nothing_more_is_due_where_the_event_says_none() -> None:
    assert ended(a_deal_that_ends(sum_due="none"), stated_unpaid=40_00)[0].total == 40_00


def test_a_stated_sum_goes_down_the_waterfall_too() -> None:
    due, found = ended(a_deal_that_ends(sum_due="stated", amount="900"))
    assert due.total == 900_00
    assert found.paid_to("loan") == 2_900_00


def test_guarantees_are_called_on_what_is_lost_and_seniors_come_first() -> None:
    senior = a_tranche("senior-loan", name="senior", amount="5000")
    junior = a_tranche("junior-loan", name="junior", amount="5000", party=SECOND)
    guarantee = a_tranche("guarantee", amount="4000", covers="50%", guarantees=["junior"])
    calls = [
        {
            **CALL,
            "name": name,
            "tranche": name,
            "amount": "4000",
            "received": [{"on": "2026-01-01", "amount": "4000"}],
        }
        for name in ("senior", "junior")
    ]
    record = {"calls": calls, "distributions": None, "payments": None}
    _, found = ended(a_deal_that_ends(senior, junior, guarantee), record=record)
    # 2,000 unspent goes back in halves; 500 earned goes to the senior; half of 3,000 is guaranteed
    assert found.paid_to("senior") == 1_500_00
    assert found.paid_to("junior", "principal") == 1_000_00
    assert found.paid_to("junior", "guarantee") == 1_500_00
    assert [m.source for m in found.moves if m.kind == "guarantee"] == [tranche("guarantee")]


def test_no_payor_pays_more_than_its_own_ceiling_and_the_rest_is_told() -> None:
    payors = [{"party": COUNTY, "ceiling": "1600"}]
    deal = a_financed_deal(termination=[{**ENDING, "early_payment": "100"}], payors=payors)
    # 1,000 was paid before; 500 earned and 300 for people not measured are due
    due, found = ended(deal)
    assert due.total == 800_00
    paid = sum(int(m.amount) for m in found.moves if m.source == party(COUNTY))
    assert (paid, found.unfunded) == (600_00, 200_00)


def test_without_investors_what_was_earned_goes_to_the_provider() -> None:
    deal = a_deal(termination=[ENDING])
    followed = follow(deal, CapitalRecord(format=1), as_of=ON)
    due = sum_due(
        deal,
        deal.termination[0],
        stated_unpaid=0,
        earned=700_00,
        not_measured=0,
        wind_up=None,
        unpaid={},
        principal=0,
        held=None,
    )
    found = distribute(followed, due, by_term={"unit-price": 700_00})
    assert [(m.target, m.amount) for m in found.moves if m.kind == "return"] == [
        (party(PROVIDER), 700_00)
    ]


amount = st.integers(-2_000, 2_000)


@given(st.lists(st.tuples(amount, amount, st.integers(-500, 3_000)), min_size=1, max_size=5))
def test_what_terms_leave_unpaid_adds_up_to_what_is_owed(told: list[tuple[int, int, int]]) -> None:
    statements, paid = [], {}
    for number, (one, other, moved) in enumerate(told, 1):
        statements.append(a_bare_statement(number, one, other))
        paid[number] = moved
    unpaid = unpaid_by_term(statements, paid)
    rest = sum(one + other - moved for one, other, moved in told)
    assert min(unpaid.values()) >= 0
    # a payment too much for the last statement is left for the next to set off
    assert sum(unpaid.values()) >= max(rest, 0)
    closing = unpaid_by_term([*statements, a_bare_statement(len(told) + 1, 0, 0)], paid)
    assert sum(closing.values()) == max(rest, 0)


def test_a_term_gives_back_from_its_own_part_first() -> None:
    one, other = a_bare_statement(1, 10_800, 8_800), a_bare_statement(2, -10_800, -8_800)
    last = a_bare_statement(3, 5_400, 10_725)
    assert unpaid_by_term([one, other, last], {}) == {"one": 5_400, "other": 10_725}
    # paid first, it is set off against all that falls due later, as one total
    assert unpaid_by_term([one, other, last], {1: 19_600}) == {"one": 0, "other": 0}


def a_bare_statement(number: int, one: int, other: int) -> Any:
    lines = [SimpleNamespace(term="one", amount=one), SimpleNamespace(term="other", amount=other)]
    return SimpleNamespace(number=number, lines=lines)
