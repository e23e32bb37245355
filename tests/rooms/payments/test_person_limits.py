"""What limits for one person come to, when each period's part is rounded alone."""

from __future__ import annotations

from payforsuccess.payments.proofs.people import PersonLimits
from tests.lib.deals import a_deal, a_term, an_outcome
from tests.lib.settling import replayed, rows


def test_units_spread_over_periods_are_rounded_up_more_than_once() -> None:
    """Six units at 2.345 in six quarters are six times 2.35, not 14.07."""
    people = {"says": "All", "start_event": "release", "head_count": {"least": "0", "most": "5"}}
    deal = a_deal(
        people=people,
        outcomes={"homes": an_outcome(bounds=None)},
        payments=[a_term(price="2.345", limit_each_person="6", round_each="person")],
    )
    text = "\n".join(f"homes {period} p{n} 1" for period in range(1, 7) for n in range(5))
    paid = replayed(deal, None, people=rows(text))

    most = PersonLimits(deal, deal.payments[0]).in_all
    assert sum(line.amount for line in paid.lines.values()) == 5 * 14_10
    assert most == 5 * 14_10
