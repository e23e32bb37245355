"""Laws of the open formats: fields come back equal, and nothing that is left out can be read."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.deal.indigo import read_indigo
from payforsuccess.deal.indigo.comparator import comparator_of
from payforsuccess.deal.indigo.fields import PROJECT
from payforsuccess.deal.reading import read_as
from payforsuccess.deal.record import Record
from payforsuccess.deal.results import PaymentMade
from payforsuccess.errors import Refusal
from payforsuccess.reports.open_data import deal_tables, exact_json, indigo_file, opened
from payforsuccess.reports.open_data.indigo_of_record import indigo_records
from payforsuccess.runs.library.record_text import record_text
from payforsuccess.units import exact_text, from_minor
from tests.lib.deals import INVESTOR, a_deal, a_term
from tests.lib.open_records import a_file, a_project, as_json, said
from tests.lib.settling import stated

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Co", "Cn", "Zl", "Zp")),
    min_size=1,
    max_size=30,
).map(lambda text: " ".join(text.split()) or "x")
FIELDS = st.sampled_from([*PROJECT, "value", "status", "id", "project", "projects", "data"])
READS = st.sampled_from(["period", "to-date"])
MONEY = st.integers(1, 10**12).map(lambda minor: Fraction(minor, 100))


@given(name=WORDS, says=WORDS, amounts=st.lists(MONEY, max_size=4), price=MONEY, ceiling=MONEY)
def test_a_deal_comes_back_field_by_field(
    name: str, says: str, amounts: list[Fraction], price: Fraction, ceiling: Fraction
) -> None:
    capital = [
        {"name": f"layer-{at}", "party": INVESTOR, "kind": "loan", "amount": amount}
        for at, amount in enumerate(amounts)
    ]
    term = a_term(price=price)
    deal = a_deal(deal=name, says=says, capital=capital, payments=[term], ceiling=ceiling)
    content = exact_json(indigo_file(opened(deal, [], [], on=date(2026, 6, 1)), id_="A")).encode()
    (record,) = read_indigo(content, file="a.json").records
    project = record.project

    mark = "[made-up terms, agreed by nobody]"
    assert project.text("name") == f"{name} {mark}"
    assert project.text("purpose_and_classifications.intervention") == says
    finance = "overall_project_finance"
    assert project.number(f"{finance}.maximum_potential_outcome_payment_v2.amount") == ceiling
    read = [row.number("investment_commitment.amount.exact") for row in project.rows("investments")]
    assert read == amounts
    assert [row.number("price_per_unit.amount") for row in project.rows("outcome_pricings")] == [
        price
    ]
    assert set(record.organisations.values()) == {f"{each.name} {mark}" for each in deal.parties}


@given(
    name=WORDS,
    population=WORDS,
    outcomes=st.lists(WORDS, max_size=3, unique=True),
    first=st.integers(1900, 2100),
    amount=st.none() | MONEY,
    stage=st.sampled_from(["Implementation", "Service delivery complete", "Complete"]),
    sector=st.sampled_from(["Health", "Education", "Poverty reduction", "Criminal justice"]),
)
def test_a_record_made_a_comparator_and_written_again_is_the_same_comparator(
    name: str,
    population: str,
    outcomes: list[str],
    first: int,
    amount: Fraction | None,
    stage: str,
    sector: str,
) -> None:
    exact = {} if amount is None else {"exact": said("AMOUNT")}
    row = {
        "organisation_id": said("INDIGO-ORG-0002"),
        "investment_commitment": {"currency": said("GBP"), "amount": exact},
        "investment_type": said("Debt"),
    }
    data = a_project(
        name=said(name),
        stage_development=said(stage),
        dates={"start_date_of_service_provision": said(str(first))},
        purpose_and_classifications={"policy_sector": said(sector)},
        service_and_beneficiaries={"target_population": said(population)},
        outcome_metrics=[{"id": f"o{at}", "definition": said(o)} for at, o in enumerate(outcomes)],
        investments=[row],
    )
    written = exact_json({"amount": amount}).split(": ")[1].split("\n")[0]
    content = a_file(data).replace(b'"AMOUNT"', written.encode())
    (record,) = read_indigo(content, file="a.json").records
    made = comparator_of(record, file="a.json")
    again_content = exact_json(indigo_records([made], [])).encode()
    (again_record,) = read_indigo(again_content, file="b.json").records
    again = comparator_of(again_record, file="b.json")

    for field in (
        *("id", "name", "place", "countries", "years", "policy_areas", "population", "outcomes"),
        *("designs", "state", "currency", "parties", "capital", "lessons", "indigo"),
    ):
        assert getattr(again, field) == getattr(made, field), field


@given(values=st.lists(st.integers(0, 40), min_size=1, max_size=5))
def test_no_table_tells_a_count_of_few_people(values: list[int]) -> None:
    deal = a_deal(payments=[a_term(price="1.01")])
    rows = [{"homes": [str(one) for one in values[:at]]} for at in range(1, len(values) + 1)]
    statements = stated(deal, rows)
    payments = [
        PaymentMade(statement=one.number, on=date(2028, 1, 1), amount=from_minor(one.total, "USD"))
        for one in statements
        if one.total
    ]
    seen = opened(deal, statements, payments, on=date(2028, 6, 1))
    small = [1 <= one <= 10 for one in values]

    assert [one.value is None for one in seen.results] == small
    assert [one.total is None for one in seen.statements] == small
    assert (seen.total_paid is None) == any(small)
    amounts = {exact_text(Fraction(one) * Fraction(101, 100)) for one in values if 1 <= one <= 10}
    cells = {cell for table in deal_tables(seen) for row in table.rows for cell in row}
    assert not amounts & cells


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
        ),
    )
)
def test_exact_json_is_json(value: object) -> None:
    assert json.loads(exact_json(value)) == value


@given(values=st.lists(st.integers(0, 40), min_size=1, max_size=5), reads=READS)
def test_what_was_shown_once_stays_shown_and_nothing_else_appears(
    values: list[int], reads: str
) -> None:
    """Files of two days tell together no more than the later one alone."""
    deal = a_deal(payments=[a_term(), a_term(name="second", reads=reads)])
    rows = [{"homes": [str(one) for one in values[:at]]} for at in range(1, len(values) + 1)]
    statements = stated(deal, rows)
    whole = opened(deal, statements, [], on=date(2028, 6, 1))

    for at in range(len(statements)):
        assert (
            opened(deal, statements[:at], [], on=date(2028, 6, 1)).statements
            == (whole.statements[:at])
        )


@given(values=st.lists(st.integers(11, 40), min_size=2, max_size=5), at=st.integers(0, 3))
def test_a_term_on_everything_to_date_tells_no_earlier_small_number(
    values: list[int], at: int
) -> None:
    values[min(at, len(values) - 1)] = 5
    deal = a_deal(payments=[a_term(), a_term(name="second", reads="to-date")])
    rows = [{"homes": [str(one) for one in values[:at]]} for at in range(1, len(values) + 1)]
    seen = opened(deal, stated(deal, rows), [], on=date(2028, 6, 1))
    first = values.index(5)

    for statement in seen.statements:
        for line in statement.lines:
            told = line.amount is not None
            assert told == (
                statement.number - 1 < first
                or (line.term == "unit-price" and statement.number - 1 != first)
            )


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner, max_size=3),
    max_leaves=8,
)


@given(field=FIELDS, part=ANYTHING, whole=ANYTHING)
def test_whatever_stands_in_a_file_is_read_or_refused(
    field: str, part: object, whole: object
) -> None:
    for content in (a_file(a_project(**{field: part})), as_json(whole)):
        try:
            for record in read_indigo(content, file="a.json").records:
                made = comparator_of(record, file="a.json")
                read_as(Record, record_text(made), file="record.yaml")
        except Refusal as refusal:
            assert all(problem.where.file for problem in refusal.problems)


@given(name=WORDS, population=WORDS)
def test_the_text_of_a_record_is_read_back_as_the_record(name: str, population: str) -> None:
    data = a_project(
        name=said(name), service_and_beneficiaries={"target_population": said(population)}
    )
    (record,) = read_indigo(a_file(data), file="a.json").records
    made = comparator_of(record, file="a.json")

    assert read_as(Record, record_text(made), file="record.yaml") == made
