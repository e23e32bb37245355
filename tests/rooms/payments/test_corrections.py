"""Corrections of earlier periods: their cause, their payors, and until when they are made."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from payforsuccess.deal.results import Line, NotCorrected, Statement
from payforsuccess.errors import Refusal
from tests.lib.deals import CITY, COUNTY, a_deal, a_term, an_outcome, two_payors
from tests.lib.settling import (
    a_result,
    a_statement,
    an_amendment,
    columns,
    determined,
    history_of,
    problems_of,
    rows,
    stated,
)

TEN = {"price": "10"}


def told(statement: Statement) -> list[tuple[int, str, int]]:
    """Each correction: period, cause, amount."""
    return [(line.period, str(line.cause), line.amount) for line in statement.lines if line.cause]


def test_changed_data_are_a_correction_in_their_period_alone() -> None:
    statements = stated(a_deal(), [{"homes": ["3"]}, {"homes": ["2", "4"]}])
    assert told(statements[1]) == [(1, "correction", -100_00)]
    assert statements[1].lines[1].because == "the data changed: homes (period 1)"
    assert statements[1].total == 300_00


def test_a_correction_is_a_difference_of_rounded_amounts() -> None:
    """1/3 and 2/3 of a dollar are 0.33 and 0.67: the correction is 0.34, not 0.33."""
    deal = a_deal(payments=[a_term(price="1/3")])
    assert told(stated(deal, [{"homes": ["1"]}, {"homes": ["2", "0"]}])[1]) == [
        (1, "correction", 34)
    ]


def test_the_example_of_a_lifetime_ceiling() -> None:
    """A ceiling of 100: 60, then 40 cut from 60; -20 in period 1 lets 20 more through in 2."""
    deal = a_deal(payments=[a_term(**TEN, ceiling="100")])
    last = stated(deal, [{"homes": ["6"]}, {"homes": ["6", "6"]}, {"homes": ["4", "6", "0"]}])[-1]
    assert told(last) == [(1, "correction", -20_00), (2, "knock-on", 20_00)]
    assert last.lines[2].because == (
        "the change of `unit-price` in period 1 moved a ceiling, carried amount, condition or sum "
        "to date"
    )


def test_a_knock_on_names_a_line_whose_own_amount_did_not_move() -> None:
    """Period 1 earns 80 instead of 150: still 50 paid, but only 30 are carried to period 2."""
    deal = a_deal(payments=[a_term(**TEN, ceiling_each_period="50", carry_until="2027-12-31")])
    last = stated(deal, [{"homes": ["15"]}, {"homes": ["15", "0"]}, {"homes": ["8", "0", "0"]}])[-1]
    assert told(last) == [(2, "knock-on", -20_00)]
    assert "`unit-price` in period 1" in last.lines[1].because


def test_a_knock_on_may_come_from_another_line() -> None:
    lines = [a_term(**TEN, name="one"), a_term(pays_for="kept", price="10", name="other")]
    deal = a_deal(payments=lines, ceiling="100")
    both = [{"homes": ["8"], "kept": ["5"]}, {"homes": ["6", "0"], "kept": ["5", "0"]}]
    last = stated(deal, both)[-1]
    assert [(line.term, line.cause, line.amount) for line in last.lines if line.cause] == [
        ("one", "correction", -20_00),
        ("other", "knock-on", 20_00),
    ]
    assert "`one` in period 1" in last.lines[-1].because


def test_a_term_read_to_date_is_corrected_where_the_data_changed_and_knocks_on_after() -> None:
    """To date 19 then 25; the first becomes 25: 3,200 move from period 2 to period 1."""
    bands = [{"below": "20", "pays": "0"}, {"from": "20", "pays": "3200"}]
    deal = a_deal(
        payments=[a_term("schedule", bands=bands, reads="to-date")],
        outcomes={"reduction": an_outcome("reduction", reported_as="to-date")},
    )
    history = [
        {"reduction": ["19"]},
        {"reduction": ["19", "25"]},
        {"reduction": ["25", "25", "25"]},
    ]
    assert told(stated(deal, history)[-1]) == [
        (1, "correction", 3_200_00),
        (2, "knock-on", -3_200_00),
    ]


def signed(
    value: str, number: int = 1, *, evidence: str = "a", supersedes: int | None = None
) -> Any:
    result = a_result(value=value, evidence="sha256:" + evidence * 64)
    return determined(number, result, supersedes=supersedes)


@pytest.mark.parametrize(("evidence", "why"), [("a", ""), ("b", ", as the data behind it changed")])
def test_a_new_determination_of_the_same_records_is_told_from_new_records(
    evidence: str, why: str
) -> None:
    one = signed("3")
    first = a_statement(a_deal(), None, determinations=(one,))
    two = signed("4", 2, evidence=evidence, supersedes=1)
    again = a_statement(a_deal(), None, earlier=[first], determinations=(one, two))
    assert told(again) == [(1, "determination", 100_00)]
    assert again.lines[0].because == f"a new determination of homes (period 1){why}"


def test_a_determination_that_takes_a_result_back_leaves_it_missing() -> None:
    one = signed("3")
    first = a_statement(a_deal(), None, determinations=(one,))
    two = determined(2, a_result(value="1", period=2), supersedes=1)
    with pytest.raises(Refusal, match="no result for `homes` in period 1"):
        a_statement(a_deal(), None, earlier=[first], determinations=(one, two))


def test_a_retroactive_amendment_corrects_the_periods_it_reaches() -> None:
    first = a_deal(payments=[a_term(**TEN)])
    statements = stated(first, [{"homes": ["3"]}, {"homes": ["3", "3"]}])
    changed = an_amendment(
        payments=[a_term(price="12")],
        in_force_from="2026-04-01",
        amendment={"retroactive": "true", "signed_on": "2026-06-01"},
    )
    last = a_statement([first, changed], {"homes": ["3", "3", "3"]}, period=3, earlier=statements)
    assert told(last) == [(2, "amendment", 6_00)]
    assert [line.amount for line in last.lines if not line.cause] == [36_00]
    assert "2026-04-01" in last.lines[1].because


def test_an_amendment_that_drops_a_line_takes_back_what_it_stated() -> None:
    lines = [a_term(**TEN, name="one"), a_term(**TEN, name="other")]
    first = a_deal(payments=lines)
    statements = stated(first, [{"homes": ["3"]}, {"homes": ["3", "3"]}])
    changed = an_amendment(
        payments=lines[:1],
        in_force_from="2026-04-01",
        amendment={"retroactive": "true"},
    )
    last = a_statement([first, changed], {"homes": ["3"] * 3}, period=3, earlier=statements)
    assert told(last) == [(2, "amendment", -30_00)]
    assert last.lines[1].clause == "no longer in the deal"


def test_an_amendment_that_reaches_back_without_saying_so_is_refused() -> None:
    first = a_deal(payments=[a_term(**TEN)])
    statements = stated(first, [{"homes": ["3"]}, {"homes": ["3", "3"]}])
    changed = an_amendment(payments=[a_term(price="12")], in_force_from="2026-04-01")
    with pytest.raises(Refusal) as refusal:
        a_statement([first, changed], {"homes": ["3"] * 3}, period=3, earlier=statements)
    said = problems_of(refusal.value)
    assert "reaches periods that were stated up to 2026-06-30" in said
    assert "retroactive: true" in said


def test_an_amendment_governs_the_periods_that_start_on_or_after_its_day() -> None:
    first = a_deal(payments=[a_term(**TEN)])
    changed = an_amendment(payments=[a_term(price="12")])
    found = [s.total for s in stated([first, changed], [{"homes": ["1"] * n} for n in (1, 2, 3)])]
    assert found == [10_00, 10_00, 12_00]


PEOPLE = {
    "says": "Adults",
    "start_event": "release",
    "cohorts": [
        {"name": "First", "from": "2026-01-01", "to": "2026-06-30"},
        {"name": "Second", "from": "2026-07-01", "to": "2026-12-31"},
    ],
}


def for_cohorts(*lines: Any) -> Any:
    return an_amendment(payments=lines, people=PEOPLE, amendment={"governs": "cohort"})


def both(period: int, first: str, second: str) -> list[Any]:
    return [
        a_result(value=first, period=period, cohort="First"),
        a_result(value=second, period=period, cohort="Second"),
    ]


def test_an_amendment_may_govern_only_the_people_who_start_under_it() -> None:
    """First keeps the old price in period 3, Second has the new one: 2 x 10 + 3 x 12."""
    versions = [a_deal(payments=[a_term(**TEN)], people=PEOPLE), for_cohorts(a_term(price="12"))]
    results = columns({}, *both(1, "1", "0"), *both(2, "1", "0"), *both(3, "2", "3"))
    statement = a_statement(versions, results, period=3)
    assert [line.amount for line in statement.lines] == [10_00, 10_00, 56_00]


def test_a_line_added_for_new_people_is_paid_for_them_alone() -> None:
    base, bonus = a_term(**TEN), a_term(price="5", name="bonus")
    versions = [a_deal(payments=[base], people=PEOPLE), for_cohorts(base, bonus)]
    results = columns({}, *both(1, "1", "0"), *both(2, "1", "0"), *both(3, "2", "3"))
    statement = a_statement(versions, results, period=3)
    assert [(line.term, line.amount) for line in statement.lines][2:] == [
        ("unit-price", 50_00),
        ("bonus", 15_00),
    ]


def test_a_line_dropped_for_new_people_is_still_paid_for_the_others() -> None:
    base, bonus = a_term(**TEN), a_term(price="5", name="bonus")
    versions = [a_deal(payments=[base, bonus], people=PEOPLE), for_cohorts(base)]
    results = columns({}, *both(1, "1", "0"), *both(2, "1", "0"), *both(3, "2", "3"))
    statement = a_statement(versions, results, period=3)
    assert [(line.term, line.amount) for line in statement.lines][-1] == ("bonus", 10_00)


def test_an_amendment_for_cohorts_refuses_results_that_tell_none_apart() -> None:
    versions = [a_deal(payments=[a_term(**TEN)], people=PEOPLE), for_cohorts(a_term(price="12"))]
    with pytest.raises(Refusal) as refusal:
        a_statement(versions, {"homes": ["1", "1", "5"]}, period=3)
    assert "do not tell cohorts apart" in problems_of(refusal.value)


# --- this program computes otherwise ---------------------------------------------------------


def tampered(statement: Statement, amount: int) -> Statement:
    """A statement as another version of the software might have made it."""
    line: Line = statement.lines[0].model_copy(
        update={
            "amount": amount,
            "payors": (statement.lines[0].payors[0].model_copy(update={"amount": amount}),),
        }
    )
    balance = statement.balance.model_copy(update={"stated": amount, "owed": amount})
    return statement.model_copy(
        update={"lines": (line,), "total": amount, "program": "0", "balance": balance}
    )


def test_a_difference_that_only_the_program_explains_is_refused_until_accepted() -> None:
    old = tampered(a_statement(a_deal(), {"homes": ["3"]}), 299_99)
    with pytest.raises(Refusal) as refusal:
        a_statement(a_deal(), {"homes": ["3", "1"]}, period=2, earlier=[old])
    said = problems_of(refusal.value)
    assert "computes `unit-price` in period 1 otherwise than the statement did" in said
    assert "--accept unit-price=REASON" in said


@pytest.mark.parametrize("reason", ["", "  "])
def test_an_empty_reason_accepts_nothing(reason: str) -> None:
    old = tampered(a_statement(a_deal(), {"homes": ["3"]}), 299_99)
    with pytest.raises(Refusal):
        a_statement(
            a_deal(),
            {"homes": ["3", "1"]},
            period=2,
            earlier=[old],
            accepted=(("unit-price", reason),),
        )


def test_an_accepted_difference_is_stated_with_its_reason() -> None:
    old = tampered(a_statement(a_deal(), {"homes": ["3"]}), 299_99)
    statement = a_statement(
        a_deal(),
        {"homes": ["3", "1"]},
        period=2,
        earlier=[old],
        accepted=(("unit-price", "a fault of version 0"), ("other", "nothing")),
    )
    assert told(statement) == [(1, "program", 1)]
    assert statement.accepted == ("unit-price: a fault of version 0",)


def test_rows_by_person_that_only_change_who_counts_are_data_too() -> None:
    """The same total, spread so that the limit for a person cuts less: a correction, no program."""
    deal = a_deal(payments=[a_term(**TEN, limit_each_person="3")])
    before, after = rows("homes 1 a 5\nhomes 1 b 1"), rows("homes 1 a 3\nhomes 1 b 3")
    one = a_statement(deal, None, people=before, people_fingerprint="sha256:" + "1" * 64)
    two = a_statement(deal, None, people=after, earlier=[one], earlier_people=before)
    assert told(two) == [(1, "correction", 20_00)]


# --- finality --------------------------------------------------------------------------------


def final(**changes: str) -> dict[str, str]:
    return {"look_back": "6 months", "materiality": "5", "final_on": "2028-12-31", **changes}


def late(values: list[dict[str, Any]], days: list[date], **changes: Any) -> list[Statement]:
    deal = history_of(a_deal(payments=[a_term(**TEN, ceiling="100")], **changes))
    statements: list[Statement] = []
    for number, (each, day) in enumerate(zip(values, days, strict=True), 1):
        statements.append(a_statement(deal, each, period=number, as_of=day, earlier=statements))
    return statements


THREE = [{"homes": ["6"]}, {"homes": ["6", "6"]}, {"homes": ["4", "6", "0"]}]


def left(statement: Statement) -> list[tuple[int, int]]:
    items: tuple[NotCorrected, ...] = statement.not_corrected
    return [(item.period, item.amount) for item in items]


@pytest.mark.parametrize(
    ("last", "corrected"), [(date(2026, 10, 10), True), (date(2026, 10, 11), False)]
)
def test_the_look_back_runs_from_the_statement_of_the_period(last: date, corrected: bool) -> None:
    days = [date(2026, 4, 10), date(2026, 7, 10), last]
    statement = late(THREE, days, finality=final())[-1]
    assert (left(statement) == []) is corrected


def test_what_can_no_longer_be_corrected_moves_nothing_after_it() -> None:
    """Period 1 stays at 60, so period 2 stays at the 40 left: the ceiling of 100 holds."""
    days = [date(2026, 4, 10), date(2026, 7, 10), date(2026, 11, 1)]
    statements = late(THREE, days, finality=final())
    assert left(statements[-1]) == [(1, -20_00)]
    assert (
        "the look-back of 6 months ended on 2026-10-10" in statements[-1].not_corrected[0].because
    )
    assert told(statements[-1]) == []
    assert sum(statement.total for statement in statements) == 100_00


def test_a_difference_below_what_is_material_is_left_and_counts_once_it_adds_up() -> None:
    deal = history_of(a_deal(payments=[a_term(price="1")], finality=final()))
    one = a_statement(deal, {"homes": ["20"]})
    two = a_statement(deal, {"homes": ["16", "0"]}, period=2, earlier=[one])
    three = a_statement(deal, {"homes": ["15", "0", "0"]}, period=3, earlier=[one, two])
    assert (told(two), left(two)) == ([], [(1, -4_00)])
    assert "below USD 5.00" in two.not_corrected[0].because
    assert (told(three), left(three)) == ([(1, "correction", -5_00)], [])


def test_nothing_is_corrected_after_the_final_date() -> None:
    days = [date(2026, 4, 10), date(2026, 7, 10), date(2026, 10, 5)]
    statement = late(THREE, days, finality=final(final_on="2026-09-30"))[-1]
    assert left(statement) == [(1, -20_00)]
    assert "nothing is corrected after 2026-09-30" in statement.not_corrected[0].because


def test_a_statement_cannot_be_dated_back_to_escape_finality() -> None:
    one = a_statement(a_deal(), {"homes": ["6"]}, as_of=date(2027, 1, 1))
    with pytest.raises(Refusal) as refusal:
        a_statement(
            a_deal(), {"homes": ["4", "1"]}, period=2, earlier=[one], as_of=date(2026, 12, 31)
        )
    assert "before statement 1, which was made as of 2027-01-01" in problems_of(refusal.value)


def test_a_statement_cannot_be_dated_before_a_determination_it_rests_on() -> None:
    record = determined(1, a_result(), on=date(2026, 5, 1))
    with pytest.raises(Refusal) as refusal:
        a_statement(a_deal(), None, determinations=(record,), as_of=date(2026, 4, 30))
    assert "before determination 1 was signed on 2026-05-01" in problems_of(refusal.value)


# --- payors ----------------------------------------------------------------------------------


def parts(line: Line) -> dict[str, tuple[int, int]]:
    return {part.payor: (part.amount, part.unfunded) for part in line.payors}


def test_a_line_is_split_by_shares_and_the_odd_cent_goes_to_the_payor_listed_first() -> None:
    deal = a_deal(payments=[a_term(price="0.01")], **two_payors(share="50%"))
    (line,) = a_statement(deal, {"homes": ["5"]}).lines
    assert parts(line) == {COUNTY: (3, 0), CITY: (2, 0)}


def test_a_correction_is_split_by_the_shares_of_its_period() -> None:
    first = a_deal(payments=[a_term()], **two_payors(share="50%"))
    changed = an_amendment(payments=[a_term()], **two_payors(share="90%"))
    statements = stated([first, changed], [{"homes": ["4"]}, {"homes": ["4", "4"]}])
    last = a_statement([first, changed], {"homes": ["2", "4", "1"]}, period=3, earlier=statements)
    assert [parts(line) for line in last.lines] == [
        {COUNTY: (90_00, 0), CITY: (10_00, 0)},
        {COUNTY: (-100_00, 0), CITY: (-100_00, 0)},
    ]


def test_a_line_may_name_its_payors_and_their_shares_are_scaled() -> None:
    deal = a_deal(payments=[a_term(payors=[CITY])], **two_payors(share="60%"))
    (line,) = a_statement(deal, {"homes": ["4"]}).lines
    assert parts(line) == {CITY: (400_00, 0)}


def test_what_passes_a_payors_ceiling_is_unfunded_and_not_moved() -> None:
    deal = a_deal(**two_payors(share="60%", ceiling="100"))
    one, two = stated(deal, [{"homes": ["1"]}, {"homes": ["1", "2"]}])
    assert parts(one.lines[0]) == {COUNTY: (60_00, 0), CITY: (40_00, 0)}
    assert parts(two.lines[0]) == {COUNTY: (40_00, 80_00), CITY: (80_00, 0)}


def test_another_payor_steps_in_where_the_deal_says_so() -> None:
    deal = a_deal(**two_payors(share="60%", ceiling="100", steps_in=CITY))
    (line,) = a_statement(deal, {"homes": ["3"]}).lines
    assert parts(line) == {COUNTY: (100_00, 0), CITY: (200_00, 0)}


def test_a_payor_that_steps_in_passes_on_what_is_over_its_own_ceiling() -> None:
    names = [COUNTY, CITY, "Hazel State"]
    shares = [
        {"party": COUNTY, "share": "60%", "ceiling": "100", "steps_in": CITY},
        {"party": CITY, "share": "40%", "ceiling": "150", "steps_in": "Hazel State"},
        {"party": "Hazel State", "share": "0"},
    ]
    parties = [{"name": name, "roles": ["payor"]} for name in names]
    parties += [{"name": "Dogwood University", "roles": ["evaluator"]}]
    deal = a_deal(payors=shares, parties=parties)
    (line,) = a_statement(deal, {"homes": ["3"]}).lines
    assert {k: v[0] for k, v in parts(line).items()} == {
        COUNTY: 100_00,
        CITY: 150_00,
        "Hazel State": 50_00,
    }
    assert sum(part.unfunded for part in line.payors) == 0


def test_a_correction_that_gives_room_back_comes_before_the_new_line() -> None:
    """The county is at its ceiling; -60 for period 1 lets it pay its part of period 2."""
    deal = a_deal(**two_payors(share="60%", ceiling="120"))
    one = a_statement(deal, {"homes": ["2"]})
    two = a_statement(deal, {"homes": ["1", "1"]}, period=2, earlier=[one])
    assert [(line.cause, parts(line)[COUNTY]) for line in two.lines] == [
        (None, (60_00, 0)),
        ("correction", (-60_00, 0)),
    ]


def test_a_correction_takes_from_no_payor_what_it_never_funded() -> None:
    """60:40 of 300 under the county's ceiling of 100: 80 are unfunded, and go first."""
    deal = a_deal(**two_payors(share="60%", ceiling="100"))
    one = a_statement(deal, {"homes": ["3"]})
    two = a_statement(deal, {"homes": ["1", "0"]}, period=2, earlier=[one])
    assert parts(one.lines[0]) == {COUNTY: (100_00, 80_00), CITY: (120_00, 0)}
    assert parts(two.lines[-1]) == {COUNTY: (-40_00, -80_00), CITY: (-80_00, 0)}


def test_a_correction_gives_back_first_what_was_paid_in_anothers_place() -> None:
    """Of 300 the city pays 80 for the county; of 100 each pays its own share again."""
    deal = a_deal(**two_payors(share="60%", ceiling="100", steps_in=CITY))
    one = a_statement(deal, {"homes": ["3"]})
    two = a_statement(deal, {"homes": ["1", "0"]}, period=2, earlier=[one])
    assert parts(one.lines[0]) == {COUNTY: (100_00, 0), CITY: (200_00, 0)}
    assert parts(two.lines[-1]) == {COUNTY: (-40_00, 0), CITY: (-160_00, 0)}
