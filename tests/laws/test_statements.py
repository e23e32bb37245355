"""The laws of statements: what was stated adds up to what is owed, whatever came late."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Result, Results, Statement
from payforsuccess.payments.book import open_book
from payforsuccess.payments.facts import stated_before
from payforsuccess.payments.history import put_in_order
from payforsuccess.payments.replay import replay
from payforsuccess.payments.statement import Facts, make_statement
from tests.lib.deals import a_deal, a_term

AS_OF = date(2028, 1, 31)


def results(values: dict[str, list[str]]) -> Results:
    """Results by outcome, one value a period from period 1 on."""
    return Results(
        results=tuple(
            Result(outcome=name, period=number, value=value)
            for name, column in values.items()
            for number, value in enumerate(column, 1)
        )
    )


def state(deal: Deal, columns: list[dict[str, list[str]]]) -> list[Statement]:
    """One statement a period, each on the results as they then stood."""
    history = put_in_order([deal])
    statements: list[Statement] = []
    for number, values in enumerate(columns, 1):
        facts = Facts(history, results(values), earlier=tuple(statements))
        made = make_statement(facts, period=number, as_of=AS_OF, program="1")
        statements.append(made.statement)
    return statements


TERMS = {
    "a price for each unit": a_term("unit-price", price="12.345"),
    "with a ceiling": a_term("unit-price", price="12.345", ceiling="500"),
    "with a ceiling each period": a_term("unit-price", price="10", ceiling_each_period="100"),
    "with carry-forward": a_term(
        "unit-price", price="10", ceiling_each_period="100", carry_until="2030-01-01"
    ),
    "with a floor": a_term(
        "unit-price", price="1", floor_each_period="5", ceiling_each_period="20"
    ),
    "rounded down": a_term("unit-price", price="1/3", rounding="down"),
    "read to date": a_term("unit-price", price="1/3", reads="to-date"),
}

counts = st.lists(st.integers(0, 40), min_size=4, max_size=4)


@pytest.mark.parametrize("name", TERMS)
@given(first=counts, corrected=st.lists(counts, min_size=3, max_size=3))
def test_the_sum_of_statements_is_the_entitlement(
    name: str, first: list[int], corrected: list[list[int]]
) -> None:
    """Whatever is corrected on the way, the statements add up to what the last results give."""
    deal = a_deal(payments=[TERMS[name]], ceiling="900")
    outcome = deal.payments[0].outcomes_read()[0]
    versions = [first, *corrected]
    columns = [
        {outcome: [str(n) for n in values[: number + 1]]} for number, values in enumerate(versions)
    ]
    statements = state(deal, columns)
    book = open_book(results(columns[-1]))
    entitled = replay(put_in_order([deal]), book, through=4)

    total = sum(statement.total for statement in statements)
    assert total == sum(line.amount for line in entitled.lines.values())
    assert 0 <= total <= 900_00
    stated = stated_before(statements)
    for key, line in entitled.lines.items():
        assert stated.get(key, 0) == line.amount


@given(first=counts, second=counts)
def test_a_correction_prints_one_line_and_knock_ons_only_later(
    first: list[int], second: list[int]
) -> None:
    """One changed period gives at most one correction line; knock-ons stand in later periods."""
    deal = a_deal(payments=[a_term("unit-price", price="10", ceiling="500")])
    changed = [second[0], *first[1:]]
    columns = [{"homes": [str(n) for n in first[: k + 1]]} for k in range(3)]
    columns.append({"homes": [str(n) for n in changed]})
    last = state(deal, columns)[-1]

    corrections = [line for line in last.lines if line.kind == "correction"]
    own = [line for line in corrections if line.cause == "correction"]
    knock_ons = [line for line in corrections if line.cause == "knock-on"]
    assert len(own) <= 1
    assert all(line.period == 1 for line in own)
    assert all(line.period > 1 for line in knock_ons)
    assert len(own) + len(knock_ons) == len(corrections)
    if knock_ons:
        assert sum(10_00 * n for n in first) > 500_00 or sum(10_00 * n for n in changed) > 500_00


def test_the_example_of_the_rules() -> None:
    """A ceiling of 80; 50, then 30 cut from 50; period 1 corrected by -20 lets 20 more through."""
    deal = a_deal(payments=[a_term("unit-price", price="2", ceiling="80")])
    one, two, three = state(
        deal,
        [{"homes": ["25"]}, {"homes": ["25", "25"]}, {"homes": ["15", "25", "0"]}],
    )

    assert [line.amount for line in one.lines] == [50_00]
    assert [line.amount for line in two.lines] == [30_00]
    assert [(line.period, line.cause, line.amount) for line in three.lines] == [
        (3, None, 0),
        (1, "correction", -20_00),
        (2, "knock-on", 20_00),
    ]
    assert "unit-price" in three.lines[2].because
    assert "period 1" in three.lines[2].because


@given(values=counts, data=st.data())
def test_the_order_of_rows_is_nothing(values: list[int], data: st.DataObject) -> None:
    """Results in another order give the same statement, to the byte."""
    deal = a_deal(payments=[a_term("unit-price", price="12.345")])
    history = put_in_order([deal])
    rows = results({"homes": [str(n) for n in values]}).results
    shuffled = data.draw(st.permutations(rows))
    one = make_statement(Facts(history, Results(results=rows)), period=4, as_of=AS_OF, program="1")
    other = make_statement(
        Facts(history, Results(results=tuple(shuffled))), period=4, as_of=AS_OF, program="1"
    )

    assert one.statement.fingerprint == other.statement.fingerprint


@given(values=counts, share=st.integers(1, 99), ceiling=st.integers(0, 900))
def test_payors_parts_add_up_to_the_cent(values: list[int], share: int, ceiling: int) -> None:
    """Funded and unfunded parts add up to each line; no payor passes its ceiling."""
    deal = a_deal(
        payments=[a_term("unit-price", price="12.345")],
        payors=[
            {"party": "Alder County", "share": f"{share}%", "ceiling": str(ceiling)},
            {"party": "City of Birch", "share": f"{100 - share}%"},
        ],
        parties=[
            {"name": "Alder County", "roles": ["payor"]},
            {"name": "City of Birch", "roles": ["payor"]},
            {"name": "Cedar Homes", "roles": ["provider"]},
            {"name": "Dogwood University", "roles": ["evaluator"]},
        ],
    )
    columns = [{"homes": [str(n) for n in values[: k + 1]]} for k in range(4)]
    statements = state(deal, columns)

    for statement in statements:
        for line in statement.lines:
            assert sum(part.amount + part.unfunded for part in line.payors) == line.amount
    paid = sum(statement.payor_totals().get("Alder County", 0) for statement in statements)
    assert paid <= ceiling * 100


def test_a_whole_reversal_takes_the_old_parts_back() -> None:
    """Thirds leave a cent over; taking the line back gives each payor exactly its part back."""
    thirds = ["1/3", "1/3", "1/3"]
    names = ["Alder County", "City of Birch", "Cedar Homes"]
    deal = a_deal(
        payments=[a_term("unit-price", price="0.25")],
        parties=[
            *({"name": name, "roles": ["payor", "provider"]} for name in names),
            {"name": "Dogwood University", "roles": ["evaluator"]},
        ],
        payors=[{"party": n, "share": s} for n, s in zip(names, thirds, strict=True)],
    )
    one, two = state(deal, [{"homes": ["1"]}, {"homes": ["0", "0"]}])

    stated = {part.payor: part.amount for part in one.lines[0].payors}
    back = {part.payor: part.amount for part in two.lines[1].payors}
    assert sorted(stated.values()) == [8, 8, 9]
    assert back == {name: -amount for name, amount in stated.items()}


@given(values=counts, cut=st.integers(1, 3))
def test_splitting_a_period_changes_nothing_for_whole_prices(values: list[int], cut: int) -> None:
    """Two half counts pay what the whole count pays, for a price in whole minor units."""
    deal = a_deal(payments=[a_term("unit-price", price="12.34")])
    whole = state(deal, [{"homes": [str(sum(values[:2]) // 2)]}])[0].total
    half = sum(values[:2]) // 2
    parts = [half // cut, half - half // cut]
    split = state(deal, [{"homes": [str(parts[0])]}, {"homes": [str(n) for n in parts]}])

    assert sum(statement.total for statement in split) == whole
