"""Schedules: stepped, joined and marginal bands; values in a gap are refused, never paid 0."""

from __future__ import annotations

import pytest

from payforsuccess.errors import Refusal
from tests.lib.deals import a_deal, a_term, an_outcome
from tests.lib.settling import paid, problems_of

DENVER = [
    {"below": "20", "pays": "0"},
    {"from": "20", "pays": "3_200_000", "then_per_unit": "160_000"},
    {"from": "30", "pays": "4_800_000", "then_per_unit": "38_000"},
    {"from": "65", "pays": "6_130_000"},
]


@pytest.mark.parametrize(
    ("percent", "dollars"),
    [
        ("-100", 0),
        ("0", 0),
        ("19", 0),
        ("20", 3_200_000),
        ("21", 3_360_000),
        ("29", 4_640_000),
        ("30", 4_800_000),
        ("38", 5_104_000),
        ("64", 6_092_000),
        ("65", 6_130_000),
        ("100", 6_130_000),
    ],
)
def test_the_jail_days_of_denver_are_paid_band_by_band(percent: str, dollars: int) -> None:
    deal = a_deal(payments=[a_term("schedule", bands=DENVER)])
    assert paid(deal, {"reduction": [percent]}) == [dollars * 100]


def test_a_rate_is_for_a_unit_of_the_outcome_not_for_a_step() -> None:
    """In steps of 0.5: 20.5 percent pays 3,200 + 0.5 x 160."""
    deal = a_deal(
        payments=[a_term("schedule")], outcomes={"reduction": an_outcome("reduction", tick="0.5")}
    )
    assert paid(deal, {"reduction": ["20.5"]}) == [3_280_00]


@pytest.mark.parametrize(
    ("bands", "value", "cents"),
    [
        ([{"below": "10", "pays": "1"}, {"from": "10", "pays": "2"}], "10", 2_00),
        ([{"to": "10", "pays": "1"}, {"above": "10", "pays": "2"}], "10", 1_00),
        ([{"to": "10", "pays": "1"}, {"above": "10", "pays": "2"}], "11", 2_00),
        ([{"to": "10", "pays": "1"}, {"from": "11", "pays": "2"}], "11", 2_00),
        ([{"from": "0", "pays": "1"}, {"above": "10", "pays": "2"}], "10", 1_00),
        ([{"below": "5"}, {"from": "5", "to": "5", "pays": "3"}, {"above": "5"}], "5", 3_00),
        ([{"below": "5"}, {"from": "5", "to": "5", "pays": "3"}, {"above": "5"}], "6", 0),
    ],
)
def test_from_and_to_include_the_edge_and_above_and_below_do_not(
    bands: list[dict[str, str]], value: str, cents: int
) -> None:
    deal = a_deal(payments=[a_term("schedule", pays_for="homes", bands=bands)])
    assert paid(deal, {"homes": [value]}) == [cents]


@pytest.mark.parametrize("value", ["10", "20"])
def test_a_value_in_a_gap_is_refused(value: str) -> None:
    bands = [{"from": "0", "below": "10", "pays": "1"}, {"above": "10", "below": "20", "pays": "2"}]
    deal = a_deal(payments=[a_term("schedule", pays_for="homes", bands=bands)])
    with pytest.raises(Refusal) as refusal:
        paid(deal, {"homes": [value]})
    said = problems_of(refusal.value)
    assert f"The result {value} for `homes` is in no band" in said
    assert "nothing is paid on it meanwhile" in said


JOINED = [
    {"from": "0", "pays": "0", "then_per_unit": "10"},
    {"from": "10", "pays": "100", "then_per_unit": "5"},
]


@pytest.mark.parametrize(
    ("homes", "cents"), [("0", 0), ("9", 90_00), ("10", 100_00), ("12", 110_00)]
)
def test_a_joined_schedule_has_no_jump(homes: str, cents: int) -> None:
    deal = a_deal(payments=[a_term("schedule", pays_for="homes", shape="joined", bands=JOINED)])
    assert paid(deal, {"homes": [homes]}) == [cents]


BLOCKS = [
    {"from": "0", "then_per_unit": "10"},
    {"above": "10", "then_per_unit": "8"},
    {"above": "30", "then_per_unit": "0.125"},
]


@pytest.mark.parametrize(
    ("homes", "cents"),
    [("0", 0), ("1", 10_00), ("10", 100_00), ("11", 108_00), ("30", 260_00), ("33", 260_38)],
)
def test_a_marginal_schedule_prices_each_unit_in_its_band(homes: str, cents: int) -> None:
    """10 x 10 + 20 x 8 + 3 x 0.125 = 260.375."""
    deal = a_deal(payments=[a_term("schedule", pays_for="homes", shape="marginal", bands=BLOCKS)])
    assert paid(deal, {"homes": [homes]}) == [cents]


def test_a_block_rate_over_a_cumulative_count_pays_what_each_period_adds() -> None:
    """6, 12 and 33 to date: 60, then 116 - 60, then 260.38 - 116."""
    term = a_term("schedule", pays_for="homes", shape="marginal", bands=BLOCKS, reads="to-date")
    deal = a_deal(payments=[term])
    assert paid(deal, {"homes": ["6", "6", "21"]}) == [60_00, 56_00, 144_38]


def test_blocks_written_as_counts_leave_no_unit_unpaid() -> None:
    """1 to 10 at 10, 11 to 20 at 8: the eleventh is paid its 8."""
    bands = [
        {"from": "0", "to": "10", "then_per_unit": "10"},
        {"from": "11", "to": "20", "then_per_unit": "8"},
    ]
    deal = a_deal(payments=[a_term("schedule", pays_for="homes", shape="marginal", bands=bands)])
    assert paid(deal, {"homes": ["10"]}) == [100_00]
    assert paid(deal, {"homes": ["11"]}) == [108_00]
    assert paid(deal, {"homes": ["20"]}) == [180_00]


def test_the_amount_may_be_for_each_person_served() -> None:
    deal = a_deal(payments=[a_term("schedule", times="served")])
    assert paid(deal, {"reduction": ["25"], "served": ["3"]}) == [12_000_00]


def test_a_band_may_take_money_back_where_the_term_says_who_pays() -> None:
    bands = [{"below": "0", "pays": "-50"}, {"from": "0", "pays": "10"}]
    negative = {"pays": "Cedar Homes", "to": "Alder County"}
    term = a_term("schedule", bands=bands, may_be_negative=negative)
    assert paid(a_deal(payments=[term]), {"reduction": ["-5", "5"]}) == [-50_00, 10_00]


def test_amounts_of_bands_grow_with_the_index() -> None:
    """The second year's factor is 1.02."""
    deal = a_deal(payments=[a_term("schedule", index={"yearly": "1.02"})])
    found = paid(deal, {"reduction": ["20"] * 5})
    assert found == [3_200_00] * 4 + [3_264_00]


@pytest.mark.parametrize(("homes", "cents"), [("1", 1_00), ("10", 10_00), ("12", 14_00)])
def test_the_first_unit_is_paid_where_blocks_begin_with_it(homes: str, cents: int) -> None:
    """`from: 1` counts as `from: 11` does after `to: 10`: that unit earns the block's rate."""
    bands = [
        {"from": "1", "to": "10", "pays": "0", "then_per_unit": "1"},
        {"from": "11", "pays": "0", "then_per_unit": "2"},
    ]
    term = a_term("schedule", pays_for="homes", shape="marginal", bands=bands)
    assert paid(a_deal(payments=[term]), {"homes": [homes]}) == [cents]
