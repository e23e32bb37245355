"""Value by budget holder: signed, in three numbers, and never netted across holders (R9)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from docs.generate.examples import example_text
from payforsuccess.deal.checks.value import check_value
from payforsuccess.deal.reading import read_as, read_value
from payforsuccess.deal.results import Result, ResultUsed, Statement
from payforsuccess.deal.value import ValueFile
from payforsuccess.errors import Refusal
from payforsuccess.finance.forecast import forecast
from payforsuccess.finance.value import Value, value_of
from payforsuccess.payments.history import DealHistory
from payforsuccess.reports.value_tables import holder_lines, matrix_lines, rests_text
from tests.lib.assumed import MADE_UP, a_cost, a_number, assumed
from tests.lib.deals import COUNTY, PROVIDER, a_deal, a_term, an_outcome


def a_line(name: str, holder: str, each: str, **changes: Any) -> dict[str, Any]:
    """A line at 100 on average, 20 at the margin, half of that cashable; None leaves a key out."""
    plain = {
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
    return {key: value for key, value in plain.items() if value is not None}


SHERIFF = "Sheriff"
LINES = [a_line("jail", SHERIFF, "24"), a_line("probation", "Probation", "-10")]


def a_file(*lines: dict[str, Any], found: list[dict[str, Any]] | None = None) -> ValueFile:
    """A value file."""
    return ValueFile.model_validate({"format": "1", "lines": lines or LINES, "found": found or []})


def a_statement(results: dict[str, tuple[str, str]]) -> Statement:
    """A statement of homes, as far as a value reads it: each period's number and its standing."""
    used = [
        ResultUsed.model_construct(
            outcome="homes",
            slot=slot,
            cohort="",
            standing=standing,
            result=Result.model_validate(
                {"outcome": "homes", "period": slot.partition(" ")[2], "value": value}
            ),
        )
        for slot, (value, standing) in results.items()
    ]
    return Statement.model_construct(number=1, as_of=date(2026, 5, 1), results=tuple(used))


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


def test_a_unit_cost_has_no_sign() -> None:
    line = a_line("jail", SHERIFF, "24", marginal=a_number("-20"))
    (problem,) = check_value(a_file(line), a_deal())
    assert "unit cost below zero" in problem.what
    assert problem.where.field == "lines[0].marginal"


@pytest.mark.parametrize("lag", ["1200 months", "31 years"])
def test_a_lag_of_decades_is_a_slip(lag: str) -> None:
    (problem,) = check_value(a_file(a_line("jail", SHERIFF, "24", lag=lag)), a_deal())
    assert "more than 30 years" in problem.what
    assert problem.where.field == "lines[0].lag"


def test_a_lag_moves_value_to_a_later_year() -> None:
    (plain,) = told(a_line("jail", SHERIFF, "24")).cases["base"].lines
    (late,) = told(a_line("jail", SHERIFF, "24", lag="12 months")).cases["base"].lines
    assert {year + 1: amount for year, amount in plain.by_year.items()} == late.by_year


def test_projected_verified_and_realised_stand_side_by_side() -> None:
    found = [
        {"line": "jail", "fiscal_year": "2026", "kind": kind, "amount": amount, "method": "a study",
         "by": "Auditor", "on": "2027-01-31", **MADE_UP}
        for kind, amount in (("verified", "4000"), ("realised", "-50"))
    ]  # fmt: skip
    rows = {row.holder: row for row in told(*LINES, found=found).cases["base"].holders}
    assert (rows[SHERIFF].verified, rows[SHERIFF].realised) == (4000_00, -50_00)
    assert rows["Probation"].verified is None


def test_what_was_found_stands_by_line_and_year_with_its_day_and_method() -> None:
    row = {"line": "jail", "fiscal_year": "2026", "method": "a study", "by": "Auditor", **MADE_UP}
    found = [
        {**row, "kind": "realised", "amount": "40", "on": "2026-09-30"},
        {**row, "kind": "realised", "amount": "-15", "on": "2026-12-31"},
    ]
    rows = {(each.line.name, each.fiscal_year): each for each in told(*LINES, found=found).found}
    jail = rows["jail", 2026]
    assert (jail.projected, jail.cashable) == (10 * 24 * 20_00, 10 * 24 * 10_00)
    assert (jail.verified, jail.realised) == (None, 25_00)
    assert [str(each.on) for each in jail.evidence] == ["2026-09-30", "2026-12-31"]
    assert rows["jail", 2027].realised is None


def test_what_determined_results_on_statements_come_to_is_verified() -> None:
    deal = a_deal(payments=[a_term()])
    stated = [a_statement({"period 1": ("6", "determined"), "period 2": ("2", "provisional")})]
    value = value_of(forecast(DealHistory((deal,)), assumed()), a_file(), statements=stated)
    rows = {(each.line.name, each.fiscal_year): each for each in value.found}
    assert rows["jail", 2026].verified == 6 * 24 * 20_00
    assert rows["probation", 2026].verified == -6 * 10 * 20_00
    assert rows["jail", 2027].verified is None
    (evidence,) = rows["jail", 2026].evidence
    assert (evidence.source, str(evidence.on)) == ("issued statements to number 1", "2026-05-01")
    assert {row.holder: row.verified for row in value.cases["base"].holders}[SHERIFF] == 288_000


def test_an_entered_verified_amount_stands_in_place_of_the_statements() -> None:
    entered = {"line": "jail", "fiscal_year": "2026", "kind": "verified", "amount": "7",
               "method": "a study", "by": "Evaluator", "on": "2027-01-31", **MADE_UP}  # fmt: skip
    deal = a_deal(payments=[a_term()])
    stated = [a_statement({"period 1": ("6", "determined")})]
    found = forecast(DealHistory((deal,)), assumed())
    value = value_of(found, a_file(*LINES, found=[entered]), statements=stated)
    rows = {(each.line.name, each.fiscal_year): each for each in value.found}
    assert rows["jail", 2026].verified == 7_00
    assert rows["probation", 2026].verified == -6 * 10 * 20_00


def test_the_same_finding_twice_is_refused() -> None:
    entered = {"line": "jail", "fiscal_year": "2026", "kind": "verified", "amount": "7",
               "method": "a study", "by": "Evaluator", "on": "2027-01-31", **MADE_UP}  # fmt: skip
    with pytest.raises(ValueError, match="stands here twice"):
        a_file(*LINES, found=[entered, dict(entered)])


def test_a_line_without_an_outcome_counts_each_person_who_starts() -> None:
    (line,) = told(a_line("jail", SHERIFF, "24", outcome=None)).cases["base"].lines
    assert line.units == 30 * 24
    assert line.by_year == {2026: 20 * 24 * 20_00, 2027: 10 * 24 * 20_00, 2028: 0}


def test_a_departments_line_falls_to_its_payor_and_is_not_netted_with_it() -> None:
    line = a_line("jail", SHERIFF, "24", of_payor=COUNTY, to_payor="true")
    assert check_value(a_file(line), a_deal()) == ()
    rows = {row.holder: row for row in told(line).cases["base"].holders}
    assert (rows[SHERIFF].payor, rows[COUNTY].payor) == (COUNTY, COUNTY)
    assert (rows[SHERIFF].paid, rows[COUNTY].cashable) == (0, 0)


def test_what_a_payor_bears_whatever_the_outcomes_are_stands_beside_what_it_pays() -> None:
    costs = [a_cost(), a_cost("study", "7", kind="fixed", to_period="2", borne_by="payor")]
    value = value_of(forecast(DealHistory((a_deal(),)), assumed(costs=costs)), a_file())
    rows = {row.holder: row for row in value.cases["base"].holders}
    assert (rows[COUNTY].paid, rows[COUNTY].bears) == (15 * 100_00, 2 * 7_00)


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
        ({"of_payor": COUNTY}, "Sheriff is a department of Alder County, a payor"),
        ({"of_payor": "Alder Contry"}, "`Alder Contry` is not the name of a payor"),
    ],
)
def test_what_does_not_fit_the_deal_is_a_problem(changes: dict[str, str], said: str) -> None:
    line = {**a_line("jail", SHERIFF, "24"), **changes}
    (problem,) = check_value(a_file(line), a_deal())
    assert said in problem.what


def test_a_fiscal_year_far_from_the_deal_is_a_problem() -> None:
    entered = {"line": "jail", "fiscal_year": "20266", "kind": "realised", "amount": "7",
               "method": "a study", "by": "Auditor", "on": "2027-01-31", **MADE_UP}  # fmt: skip
    (problem,) = check_value(a_file(*LINES, found=[entered]), a_deal())
    assert "20266 lies far from the deal, which runs from 2026 to 2027" in problem.what


def test_an_outcome_that_no_term_reads_is_a_problem() -> None:
    deal = a_deal(outcomes={"kept": an_outcome("kept")})
    (problem,) = check_value(a_file(a_line("jail", SHERIFF, "24", outcome="kept")), deal)
    assert "No payment term reads `kept`" in problem.what


def test_the_example_of_the_reference_page_is_read() -> None:
    file = read_as(ValueFile, example_text("value.yaml"), file="value.yaml")
    assert [line.name for line in file.lines] == ["jail", "clinic"]


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


KNOWN = tuple(
    Result.model_validate({"outcome": "homes", "period": period, "value": value})
    for period, value in (("1", "7"), ("2", "2"))
)


def partly_known(*known: Result, **changes: Any) -> Value:
    history = DealHistory((a_deal(payments=[a_term()]),))
    line = a_line("jail", SHERIFF, "24", **changes)
    return value_of(forecast(history, assumed(), known=known), a_file(line))


def test_what_is_determined_and_what_is_assumed_are_told_apart() -> None:
    one = partly_known(*KNOWN).cases["base"]
    (line,) = one.lines
    assert line.rests_on == "both"
    assert line.determined is not None
    # 9 homes of two quarters are determined, 5 of the third are assumed; 24 days each, at 20
    assert (line.determined.units, line.assumed.units) == (9 * 24, 5 * 24)
    assert (line.determined.marginal, line.assumed.marginal) == (4_320_00, 2_400_00)
    for name in ("units", "steps", "average", "marginal", "cashable"):
        parts = getattr(line.determined, name) + getattr(line.assumed, name)
        assert parts == getattr(line, name)
    assert next(row.determined for row in one.holders if row.holder == SHERIFF) == 4_320_00


def test_steps_of_the_two_parts_add_up_to_the_steps_of_the_whole() -> None:
    """What a step brings that only the two together reach is what the assumed part adds."""
    step = {"units": "100", "amount": "5000", "says": "A post is not filled"}
    (line,) = partly_known(*KNOWN, step=step).cases["base"].lines
    assert line.determined is not None
    assert line.determined.steps + line.assumed.steps == line.steps
    assert line.determined.marginal + line.assumed.marginal == line.marginal


def test_a_line_on_results_alone_assumes_nothing() -> None:
    periods = [str(number) for number in range(1, 9)]
    every = [
        Result.model_validate({"outcome": "homes", "period": number, "value": "1"})
        for number in periods
    ]
    (line,) = partly_known(*every).cases["base"].lines
    assert (line.rests_on, line.assumed.units) == ("determined", 0)


def test_a_line_on_people_is_assumed_whatever_results_say() -> None:
    (line,) = partly_known(*KNOWN, outcome=None).cases["base"].lines
    assert line.rests_on == "assumed"


def test_each_part_has_a_row_of_its_own_before_the_two_together() -> None:
    rows = matrix_lines(partly_known(*KNOWN).cases["base"], "USD")
    assert [row[4:6] for row in rows[1:]] == [
        ("determined", "216"),
        ("assumed", "120"),
        ("both together", "336"),
    ]
    assert "1 line rests on determined results and" in rests_text(
        partly_known(*KNOWN).cases["base"]
    )
    heads, row, *_ = holder_lines(partly_known(*KNOWN).cases["base"], "USD")
    assert row[heads.index("of it determined")] == "4,320.00"
    assert "of it determined" not in holder_lines(told().cases["base"], "USD")[0]
    assert rests_text(told().cases["base"]) == (
        "All of it is assumed: no result is determined yet."
    )
