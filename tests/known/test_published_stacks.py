"""Capital of real deals: the waterfall pays, guarantees and returns what was published of them.

Only figures with a published source are compared. What a source does not say, such as the days on
which money moved, is the plainest that fits and no test rests on it.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from payforsuccess.deal.capital import Tranche, WaterfallStep
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.reading import read_deal
from payforsuccess.deal.results import Result, Results
from payforsuccess.finance.calendar import CashCalendar
from payforsuccess.finance.moves import PROJECT, Flows, Move, party, tranche
from payforsuccess.finance.returns import xirr_of
from payforsuccess.finance.tranches import TrancheReturn, tranche_returns
from payforsuccess.finance.waterfall import Exact, run_waterfall
from payforsuccess.payments.book import open_book
from payforsuccess.payments.history import DealHistory
from payforsuccess.payments.replay import replay
from payforsuccess.runs.library.files import library_deal
from payforsuccess.units import to_minor

DOLLAR = 100
EXAMPLES = Path(__file__).parents[2] / "examples"


def published(name: str, *, change: dict[str, dict[str, Any]] | None = None) -> Deal:
    """A deal of the library, its tranches with keys changed."""
    deal = library_deal(name).deal
    assert deal is not None
    changed = [
        Tranche.model_validate(each.model_dump() | (change or {}).get(each.name, {}))
        for each in deal.capital
    ]
    return deal.model_copy(update={"capital": tuple(changed)})


def run(
    deal: Deal, *, days: list[str], costs: dict[str, int], pays: dict[tuple[str, str], int]
) -> tuple[Flows, dict[str, TrancheReturn]]:
    """The waterfall of a deal whose only days are these, costs and payments in dollars."""
    dates = tuple(date.fromisoformat(day) for day in days)
    paid_on = tuple(day for day in dates if str(day) in {on for on, _ in pays}) or dates[-1:]
    calendar = CashCalendar(deal.schedule.all(), paid_on, dates)
    provider = next(each.name for each in deal.parties if "provider" in each.roles)
    flows = run_waterfall(
        deal,
        calendar,
        needs=[
            Move(days.index(on), "cost", PROJECT, party(provider), amount * DOLLAR, "service")
            for on, amount in costs.items()
        ],
        payments={(days.index(on), term): amount for (on, term), amount in pays.items()},
        draws="as-needed",
        triggers_met={},
        arithmetic=Exact(),
    )
    told = tranche_returns(deal, calendar, flows, digits=DOLLAR)
    return flows, {each.name: each for each in told if each.name != "all"}


def terms_pay(deal: Deal, results: list[dict[str, str]]) -> dict[str, int]:
    """What each of the deal's own payment terms pays in all for these results, in cents."""
    book = open_book(Results(results=tuple(Result.model_validate(each) for each in results)))
    lines = replay(DealHistory((deal,)), book, through=len(deal.schedule.all())).lines
    paid: dict[str, int] = {}
    for (_, term), line in lines.items():
        paid[term] = paid.get(term, 0) + line.amount
    return paid


# --- what was published of whole stacks ---------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kinds", "total"),
    [
        ("denver-sib", {"loan"}, 8_600_000),
        ("chicago-cpc", {"senior-loan", "junior-loan"}, 16_900_000),
        ("nyc-able", {"loan"}, 9_600_000),
    ],
)
def test_published_stacks_add_up(name: str, kinds: set[str], total: int) -> None:
    deal = published(name)
    assert sum(each.amount for each in deal.capital if each.kind in kinds) == total


def test_just_in_reachs_two_loans_are_the_published_ten_million() -> None:
    text = (EXAMPLES / "just-in-reach" / "deal.yaml").read_text("utf-8")
    deal = read_deal(text, file="deal.yaml")
    assert sum(each.amount for each in deal.capital) == 10_000_000
    assert {each.name: each.amount for each in deal.capital}["hilton"] == 3_000_000


# --- NYC ABLE -----------------------------------------------------------------------------------


def nyc(covers: Fraction = Fraction(5, 6)) -> Deal:
    """The published loan and guarantee; 5/6 is what 6.0 of 7.2 million called comes to."""
    guarantee = {"guarantees": ["goldman"], "covers": covers}
    return published("nyc-able", change={"bloomberg": guarantee})


@pytest.mark.parametrize(("paid", "rate"), [(9_600_000, 0.0), (11_712_000, 0.051)])
def test_nyc_able_returns_what_was_published_at_10_and_20_percent(paid: int, rate: float) -> None:
    deal = nyc()
    goldman = tranche("goldman")
    steps = [("principal", "goldman"), ("return", "goldman")]
    deal = deal.model_copy(
        update={"waterfall": tuple(WaterfallStep(pays=pays, to=(to,)) for pays, to in steps)}
    )
    flows, returns = run(
        deal,
        days=["2012-08-01", "2016-08-01"],
        costs={"2012-08-01": 9_600_000},
        pays={("2016-08-01", "bed_days"): paid * DOLLAR},
    )
    assert flows.balance(goldman) == (paid - 9_600_000) * DOLLAR
    assert returns["goldman"].rate == pytest.approx(rate, abs=0.0005)
    assert flows.total(flows.of("guarantee")) == 0


@pytest.mark.parametrize(("reduction", "paid"), [("10", 9_600_000), ("20", 11_712_000)])
def test_nyc_ables_own_terms_pay_the_two_published_tiers(reduction: str, paid: int) -> None:
    result = {"outcome": "bed_day_reduction", "point": "first_group", "value": reduction}
    assert terms_pay(published("nyc-able"), [result]) == {"bed_days": paid * DOLLAR}


def test_nyc_able_called_6_million_of_its_guarantee_on_7_2_million_drawn() -> None:
    _, returns = run(
        nyc(),
        days=["2012-08-01", "2015-08-31"],
        costs={"2012-08-01": 7_200_000},
        pays={("2015-08-31", "bed_days"): 0},
    )
    assert returns["bloomberg"].drawn == 6_000_000 * DOLLAR
    assert returns["goldman"].loss == 1_200_000 * DOLLAR


def test_nyc_able_guarantees_at_most_7_2_million_which_is_75_percent_of_the_whole_loan() -> None:
    _, returns = run(
        nyc(),
        days=["2012-08-01", "2016-08-01"],
        costs={"2012-08-01": 9_600_000},
        pays={("2016-08-01", "bed_days"): 0},
    )
    assert returns["bloomberg"].drawn == 7_200_000 * DOLLAR
    assert Fraction(returns["bloomberg"].drawn, returns["goldman"].drawn) == Fraction(3, 4)


# --- Denver -------------------------------------------------------------------------------------

HOUSING = 3_913_932_96 + 620_978_40
JAIL = 5_104_000_00


def test_denvers_own_terms_pay_what_its_two_groups_of_lenders_were_repaid_from() -> None:
    deal = published("denver-sib")
    # Published: days to June 2020 and the final count; in which period each fell is not.
    days = {9: 258_858, 10: 41_070}
    results = [
        {"outcome": "stable_days", "period": str(number), "value": str(days.get(number, 0))}
        for number in range(1, len(deal.schedule.all()) + 1)
    ]
    results.append({"outcome": "jail_reduction", "point": "final", "value": "38"})
    assert terms_pay(deal, results) == {"housing": HOUSING, "jail": JAIL}


def test_denver_repays_two_groups_of_lenders_each_from_its_own_outcome() -> None:
    flows, returns = run(
        published("denver-sib"),
        days=["2016-01-01", "2021-01-30"],
        costs={"2016-01-01": 8_600_000},
        pays={("2021-01-30", "housing"): HOUSING, ("2021-01-30", "jail"): JAIL},
    )
    assert sum(each.drawn for each in returns.values()) == 8_600_000 * DOLLAR
    assert all(each.loss == 0 for each in returns.values())
    left = flows.balance("pool:housing") + flows.balance("pool:jail")
    assert left == 1_038_911_36  # published: what was returned over principal
    for name, term in (("northern_trust", "housing"), ("piton", "housing"), ("arnold", "jail")):
        sources = {move.source for move in flows.moves if move.target == tranche(name)}
        assert sources == {f"pool:{term}"}


def test_denver_without_a_fall_in_jail_days_leaves_the_lenders_of_that_outcome_unpaid() -> None:
    _, returns = run(
        published("denver-sib"),
        days=["2016-01-01", "2021-01-30"],
        costs={"2016-01-01": 8_600_000},
        pays={("2021-01-30", "housing"): HOUSING},
    )
    assert returns["arnold"].came_back == returns["denver_foundation"].came_back == 0
    assert returns["arnold"].lost
    assert returns["northern_trust"].came_back > 0


# --- Educate Girls ------------------------------------------------------------------------------


def test_educate_girls_repaid_1_53_times_what_was_given() -> None:
    # 270,000 lent and 144,085 on top, over three years; the published rate is the cap of 15
    # percent, and the dollars as one payment at the end come to a little more.
    given, returned = 270_000, 144_085
    found = xirr_of([date(2015, 9, 1), date(2018, 9, 1)], [-given, given + returned])
    assert (given + returned) / given == pytest.approx(1.5336, abs=5e-5)
    assert found.rate == pytest.approx(0.15, abs=0.005)


# --- DC Water -----------------------------------------------------------------------------------

COUPON_DAYS = [f"{year}-{month}-01" for year in range(2017, 2022) for month in ("04", "10")][:9]


def bond() -> Deal:
    """The bond with its published coupon of 3.43 percent, half-yearly, and its outcome payment."""
    investors = "Goldman Sachs and Calvert Foundation"
    deal = library_deal("dc-water-eib").deal
    assert deal is not None
    plain: dict[str, Any] = {
        "name": "bond",
        "party": investors,
        "kind": "loan",
        "amount": "25000000",
        "rate": "3.43%",
        "interest": {"day_count": "30/360", "unpaid": "compounds"},
    }
    steps = [("interest", "bond"), ("principal", "bond"), ("return", "bond")]
    return deal.model_copy(
        update={
            "capital": (Tranche.model_validate(plain),),
            "waterfall": tuple(WaterfallStep(pays=pays, to=(to,)) for pays, to in steps),
        }
    )


@pytest.mark.parametrize(("outcome", "net"), [(3_300_000, 1), (0, 0), (-3_300_000, -1)])
def test_dc_water_pays_its_coupons_and_one_side_pays_the_other(outcome: int, net: int) -> None:
    deal = bond()
    coupon = to_minor(Fraction(25_000_000) * Fraction("0.0343") / 2, "USD")
    pays = dict.fromkeys(((day, "runoff") for day in COUPON_DAYS), coupon)
    last = "2021-04-01"
    pays[last, "runoff"] = coupon + (25_000_000 + max(outcome, 0)) * DOLLAR
    days = ["2016-10-01", *COUPON_DAYS, "2021-04-02"]
    if outcome < 0:
        pays["2021-04-02", "runoff"] = outcome * DOLLAR
    flows, returns = run(deal, days=days, costs={"2016-10-01": 25_000_000}, pays=pays)
    assert [move.amount for move in flows.of("interest")] == [428_750 * DOLLAR] * 9
    assert flows.total(flows.of("return")) == max(outcome, 0) * DOLLAR
    assert flows.total(flows.of("take-back")) == max(-outcome, 0) * DOLLAR
    bonus = returns["bond"].came_back - returns["bond"].drawn
    assert bonus == (9 * 428_750 + net * 3_300_000) * DOLLAR
