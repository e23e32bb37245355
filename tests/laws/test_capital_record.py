"""A forecast put on record as facts gives the forecast's own balances, to the cent."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.deal.capital_record import CapitalRecord
from payforsuccess.finance.capital_record import follow
from payforsuccess.finance.forecast import Forecast, forecast
from payforsuccess.finance.moves import PROJECT, tranche
from payforsuccess.payments.history import DealHistory
from payforsuccess.units import exact_text, from_minor
from tests.lib.assumed import a_cost, a_count, assumed
from tests.lib.capital import SECOND, a_financed_deal, a_tranche
from tests.lib.deals import a_term

UNPAID = st.sampled_from(["compounds", "waits", "lapses"])
DAY_COUNT = st.sampled_from(["actual/365", "actual/360", "30/360"])


def recorded(found: Forecast) -> CapitalRecord:
    """The base case as `capital.yaml` would hold it, but for its last day."""
    days, flows = found.calendar.days, found.cases["base"].flows
    plain: dict[str, list[Any]] = {
        "calls": [],
        "disbursements": [],
        "payments": [],
        "distributions": [],
    }
    for move in flows.moves:
        if move.day == len(days) - 1:
            continue
        money = {"on": str(days[move.day]), "amount": exact_text(from_minor(move.amount, "USD"))}
        source, target = move.source.partition(":")[2], move.target.partition(":")[2]
        if move.kind == "draw":
            call = {"name": f"call_{len(plain['calls'])}", "tranche": source, "received": [money]}
            asked = {"asked_on": money["on"], "due_on": money["on"], "amount": money["amount"]}
            plain["calls"].append({**call, **asked})
        elif move.kind == "cost" and move.source == PROJECT:
            plain["disbursements"].append({**money, "to": target})
        elif move.kind == "success-payment":
            plain["payments"].append({**money, "term": move.why, "from": source})
        elif move.kind in ("interest", "principal"):
            plain["distributions"].append({**money, "kind": move.kind, "tranche": target})
    paid_on = [str(day) for day in found.calendar.paid_on if day != days[-1]]
    return CapitalRecord.model_validate({"format": "1", **plain, "payment_dates": paid_on})


@given(
    rate=st.integers(0, 900),
    second=st.integers(0, 900),
    unpaid=UNPAID,
    rule=DAY_COUNT,
    price=st.integers(1, 2_000),
)
def test_the_book_of_the_record_is_the_book_of_the_forecast(
    rate: int, second: int, unpaid: str, rule: str, price: int
) -> None:
    interest = {"day_count": rule, "unpaid": unpaid}
    deal = a_financed_deal(
        a_tranche("senior-loan", name="senior", rate=f"{rate / 10_000}", interest=interest),
        a_tranche(
            "junior-loan", name="junior", rate=f"{second / 10_000}", interest=interest, party=SECOND
        ),
        payments=[a_term(price=str(price))],
    )
    history = DealHistory((deal,))
    assumptions = assumed(costs=[a_cost(amount="99.99")], outcomes={"homes": a_count()})
    found = forecast(history, assumptions, cases=("base",))
    days, flows = found.calendar.days, found.cases["base"].flows
    last = days[-2]
    followed = follow(deal, recorded(found), as_of=last)

    assert followed.differences == ()
    assert followed.overdrawn == ()
    assert followed.held == flows.balance(PROJECT, through=len(days) - 2) + flows.balance(
        "pool:unit-price", through=len(days) - 2
    )
    for name in ("senior", "junior"):
        balance = followed.balance(name)
        moved = -flows.balance(tranche(name), through=len(days) - 2)
        assert balance.principal == moved + followed.paid_to(name, "interest")
