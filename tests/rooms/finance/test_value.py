"""Value by budget holder: signed, in three numbers, and never netted across holders (R9)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from payforsuccess.deal.checks.value import check_value
from payforsuccess.deal.reading import read_value
from payforsuccess.deal.value import ValueFile
from payforsuccess.errors import Refusal
from payforsuccess.finance.forecast import forecast
from payforsuccess.finance.value import Value, value_of
from payforsuccess.payments.history import DealHistory
from tests.lib.assumed import MADE_UP, a_number, assumed
from tests.lib.deals import COUNTY, PROVIDER, a_deal, a_term


def a_line(name: str, holder: str, each: str, **changes: Any) -> dict[str, Any]:
    """A line at 100 on average, 20 at the margin, half of that cashable."""
    return {
        **MADE_UP,
        "name": name,
        "says": "What changes",
        "outcome": "homes",
        "holder": holder,
        "level": "county",
        "fund": "General Fund",
        "unit": "day",
        "units_each": a_number(each),
        "average": a_number("100"),
        "marginal": a_number("20"),
        "cashable": {"share": "50%", "reason": "posts are filled"},
        "to_payor": str(holder == COUNTY).lower(),
        **changes,
    }


SHERIFF = "Sheriff"
LINES = [a_line("jail", SHERIFF, "24"), a_line("probation", "Probation", "-10")]


def a_file(*lines: dict[str, Any], found: list[dict[str, Any]] | None = None) -> ValueFile:
    """A value file."""
    return ValueFile.model_validate({"format": "1", "lines": lines or LINES, "found": found or []})


def told(*lines: dict[str, Any], **keys: Any) -> Value:
    """The value of 15 homes over three quarters (12 in the low case), paid at 100 each."""
    deal = a_deal(payments=[a_term()])
    return value_of(forecast(DealHistory((deal,)), assumed()), a_file(*lines, **keys))


def test_each_holder_has_its_own_signed_row_and_nothing_is_netted() -> None:
    rows = {row.holder: row for row in told().cases["base"].holders}
    jail, probation = rows[SHERIFF], rows["Probation"]
    assert (jail.average, jail.marginal, jail.cashable) == (
        15 * 24 * 100_00,
        15 * 24 * 20_00,
        15 * 24 * 10_00,
    )
    assert probation.average == -15 * 10 * 100_00
    assert rows[COUNTY].paid == 15 * 100_00
    assert rows[COUNTY].net_cashable == -15 * 100_00  # pays, while another saves: a wrong pocket


def test_lines_add_up_to_holders_in_every_case() -> None:
    for case in told().cases.values():
        for measure in ("average", "marginal", "cashable"):
            assert sum(getattr(line, measure) for line in case.lines) == sum(
                getattr(row, measure) for row in case.holders
            )


def test_steps_are_reached_year_by_year_and_not_over_the_whole() -> None:
    # 240 days in the first fiscal year (ten homes by June 2026), 120 in the second
    step = {"units": "200", "amount": "5000", "says": "a housing unit closes"}
    (line,) = told(a_line("jail", SHERIFF, "24", step=step)).cases["base"].lines
    assert line.steps == 1
    assert line.marginal == 15 * 24 * 20_00 + 5000_00


def test_a_lag_moves_value_to_a_later_year() -> None:
    (plain,) = told(a_line("jail", SHERIFF, "24")).cases["base"].lines
    (late,) = told(a_line("jail", SHERIFF, "24", lag="12 months")).cases["base"].lines
    assert {year + 1: amount for year, amount in plain.by_year.items()} == late.by_year


def test_projected_verified_and_realised_stand_side_by_side() -> None:
    found = [
        {"line": "jail", "fiscal_year": "2026", "kind": kind, "amount": amount, "method": "a study",
         "by": "Auditor", "on": "2027-01-31"}
        for kind, amount in (("verified", "4000"), ("realised", "-50"))
    ]  # fmt: skip
    rows = {row.holder: row for row in told(*LINES, found=found).cases["base"].holders}
    assert (rows[SHERIFF].verified, rows[SHERIFF].realised) == (4000_00, -50_00)
    assert rows["Probation"].verified is None


def test_the_offset_ratio_is_value_over_cost_with_its_range_over_cases() -> None:
    value = told()
    base = value.cases["base"]
    assert base.offset == Fraction(sum(v.marginal for v in base.lines), base.programme_cost)
    low, high = value.offset_interval or (Fraction(0), Fraction(0))
    assert low <= base.offset <= high


def test_where_lower_is_better_value_counts_down_from_no_success() -> None:
    deal = a_deal(payments=[a_term("unit-price", pays_for="arrests", price="1")])
    levels = {"arrests": {"kind": "level", **MADE_UP, "value": a_number("50")}}
    line = a_line("arrests", SHERIFF, "1", outcome="arrests")
    found = value_of(forecast(DealHistory((deal,)), assumed(outcomes=levels)), a_file(line))
    assert found.cases["base"].lines[0].units == 8 * (60 - 50)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"outcome": "hones"}, "`hones` is not the name of an outcome"),
        ({"to_payor": "true"}, "falls to a payor, and Sheriff is no payor"),
        ({"holder": COUNTY, "to_payor": "false"}, "falls to no payor, and Alder County is a payor"),
    ],
)
def test_what_does_not_fit_the_deal_is_a_problem(changes: dict[str, str], said: str) -> None:
    line = {**a_line("jail", SHERIFF, "24"), **changes}
    (problem,) = check_value(a_file(line), a_deal())
    assert said in problem.what


def test_the_file_is_read_with_its_lines() -> None:
    text = f"""\
format: 1
lines:
  - name: jail
    says: Jail days not used
    outcome: hones
    holder: {PROVIDER}
    level: county
    fund: General Fund
    unit: day
    units_each: {{base: 24, source: a study, standing: estimate}}
    average: {{base: 100, source: a study, standing: estimate}}
    marginal: {{base: 20, source: a study, standing: estimate}}
    cashable: {{share: 50%, reason: posts are filled}}
    to_payor: false
    source: a study
    standing: estimate
"""
    with pytest.raises(Refusal) as refused:
        read_value(text, a_deal())
    assert [problem.where.line for problem in refused.value.problems] == [5]


def test_just_in_reachs_published_signed_figures_by_agency() -> None:
    """Published, a person over 12 months: jail 16,891 and shelter 1,643 less, probation 672 more.

    Their sum, 17,862 less, leaves out health, mental health and housing.
    """
    per_person = (("Sheriff", "16891"), ("Homeless services", "1643"), ("Probation", "-672"))
    lines = [
        a_line(
            holder.lower().replace(" ", "-"),
            holder,
            "1",
            unit="person",
            average=a_number(amount),
            marginal=a_number("0"),
        )
        for holder, amount in per_person
    ]
    base = told(*lines).cases["base"]
    assert {row.holder: row.average // 15 for row in base.holders if row.average} == {
        "Sheriff": 16_891_00,
        "Homeless services": 1_643_00,
        "Probation": -672_00,
    }
    assert sum(line.average for line in base.lines) == 15 * 17_862_00
