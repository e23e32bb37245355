"""What may be shown of statements, and how a deal reads in each open format."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import PaymentMade, Statement
from payforsuccess.reports.open_data import (
    Opened,
    comparator_table,
    deal_tables,
    descriptor,
    exact_json,
    indigo_file,
    ocds_package,
    opened,
)
from payforsuccess.runs.library.files import library_deal
from payforsuccess.units import from_minor
from tests.lib.deals import COUNTY, INVESTOR, PROVIDER, a_deal, a_term, an_outcome, two_payors
from tests.lib.settling import stated

ON = date(2027, 6, 30)
MARK = "[made-up terms, agreed by nobody]"
TRANCHE = {"name": "senior", "party": INVESTOR, "kind": "senior-loan", "amount": "5000"}


def shown(deal: Deal | None = None, *values: Sequence[str], pays: bool = True) -> Opened:
    """What may be shown once one statement a period was issued on growing columns of `homes`."""
    made = deal or a_deal()
    statements: Sequence[Statement] = stated(made, [{"homes": column} for column in values])
    payments = [
        PaymentMade(statement=one.number, on=date(2027, 1, 1), amount=from_minor(one.total, "USD"))
        for one in statements
        if pays and one.total > 0
    ]
    return opened(made, statements, payments, on=ON)


def columns(*values: str) -> list[list[str]]:
    return [list(values[:at]) for at in range(1, len(values) + 1)]


def test_large_results_are_shown_with_their_amounts() -> None:
    """R106: results and payments are shown."""
    seen = shown(None, *columns("20", "30"))

    assert [one.value for one in seen.results] == [20, 30]
    assert [one.total for one in seen.statements] == [2_000_00, 3_000_00]
    assert seen.total_paid == 5_000


def test_a_small_result_its_amount_and_the_totals_are_left_out_with_a_reason() -> None:
    """R106: redactions are listed with reason."""
    seen = shown(None, *columns("20", "7"))

    assert [one.value for one in seen.results] == [20, None]
    assert [one.total for one in seen.statements] == [2_000_00, None]
    assert [one.amount for one in seen.payments] == [2_000, None]
    assert seen.total_paid is None
    told = " ".join(one.what for one in seen.redactions)
    assert "The checksum of statement 2" in told
    assert "“homes” (period 2)" in told and "The total of statement 2" in told
    assert all(one.because for one in seen.redactions)


def test_no_open_format_tells_what_is_not_shown() -> None:
    """R106: nothing that is redacted stands in another place of the same file."""
    seen = shown(None, *columns("20", "7"))
    tables = [cell for table in deal_tables(seen) for row in table.rows for cell in row]

    assert "700" not in tables and "7" not in tables and "2700" not in tables
    for made in (indigo_file(seen, id_="A"), ocds_package(seen)):
        text = exact_json(made)
        assert ": 700" not in text and ": 2700" not in text and '"7 person"' not in text


def test_a_correction_by_few_people_is_left_out() -> None:
    seen = shown(None, ["20"], ["18", "30"])

    assert [(one.slot, one.value) for one in seen.results] == [
        ("period 1", 20),
        ("period 1", None),
        ("period 2", 30),
    ]
    assert seen.statements[1].total is None


def test_a_running_total_that_grows_by_few_people_stays_back() -> None:
    outcome = an_outcome(reported_as="to-date")
    deal = a_deal(outcomes={"homes": outcome}, payments=[a_term(reads="to-date")])
    seen = shown(deal, *columns("20", "24", "39"))

    assert [one.value for one in seen.results] == [20, None, None]
    assert [one.total for one in seen.statements] == [2_000_00, None, None]


def test_those_without_success_are_protected_too() -> None:
    deal = a_deal(payments=[a_term("share-threshold")])
    rows = [{"homes": ["37"], "served": ["40"]}]
    seen = opened(deal, stated(deal, rows), [], on=ON)

    assert {one.outcome: one.value for one in seen.results} == {"homes": 37, "served": None}
    assert seen.statements[0].total is None


def test_an_effect_in_percentage_points_is_no_count() -> None:
    deal = a_deal(payments=[a_term("schedule")])
    seen = opened(deal, stated(deal, [{"reduction": ["5"]}]), [], on=ON)

    assert [one.value for one in seen.results] == [5]


def test_nothing_is_said_to_be_paid_before_the_first_statement() -> None:
    assert opened(a_deal(), [], [], on=ON).total_paid is None


def test_the_fields_of_an_indigo_record_are_those_of_the_deal() -> None:
    """R104: a deal file exports a complete record in an open format."""
    deal = a_deal(
        capital=[TRANCHE],
        ceiling="9000",
        policy_areas=["water and sanitation", "public safety"],
        jurisdiction={"name": COUNTY, "country": "US"},
    )
    seen = shown(deal, *columns("20"))
    plain = json.loads(exact_json(indigo_file(seen, id_="INDIGO-POJ-9001", ocid="ocds-abc123-1")))
    data, names = plain["project"]["data"], {}
    for one in plain["organisations"]:
        names[one["id"]] = one["data"]["name"]["value"]

    assert set(names.values()) == {f"{party.name} {MARK}" for party in deal.parties}
    assert data["name"]["value"] == f"{deal.deal} {MARK}"
    assert data["jurisdiction"]["jurisdiction"]["value"] == "US"
    assert data["purpose_and_classifications"]["policy_sector"]["value"] == "Criminal justice"
    finance = data["overall_project_finance"]
    assert finance["maximum_potential_outcome_payment_v2"]["amount"]["value"] == 9_000
    assert finance["total_investment_commitment"]["amount"]["exact"]["value"] == 5_000
    assert finance["total_outcome_payments_made"]["amount"]["value"] == 2_000
    assert [one["id"] for one in data["outcome_metrics"]] == list(deal.outcomes)
    assert data["outcome_pricings"][0]["price_per_unit"]["amount"]["value"] == 100
    (commitment,) = data["outcome_payment_commitments"]
    assert names[commitment["organisation_id"]["value"]] == f"{COUNTY} {MARK}"
    (service,) = data["service_provisions"]
    assert names[service["organisation_id"]["value"]] == f"{PROVIDER} {MARK}"
    assert data["investments"][0]["id"] == "senior"
    assert data["results"][0]["outcomes_achieved"]["value"] == "20 person"
    assert data["outcome_payments"][0]["money"]["amount"]["value"] == 2_000
    assert data["open_contracting_datas"] == [{"ocid": "ocds-abc123-1"}]


@pytest.mark.parametrize("made", [lambda one: indigo_file(one, id_="A"), ocds_package])
def test_terms_that_are_no_contract_say_so(made: object) -> None:
    text = exact_json(made(shown()))  # type: ignore[operator]

    assert "Illustrative payment terms" in text
    assert "stage_development" not in text


def test_a_release_carries_money_in_whole_units_exactly() -> None:
    """R104: Open Contracting amounts are in major units, to the last decimal."""
    deal = a_deal(payments=[a_term(price="15.12")])
    release = shown(deal, *columns("20"))
    text = exact_json(ocds_package(release))
    plain = json.loads(text, parse_float=Decimal)
    (contract,) = plain["releases"][0]["contracts"]
    (payment,) = contract["implementation"]["transactions"]

    assert payment["value"] == {"amount": Decimal("302.4"), "currency": "USD"}
    assert payment["payer"]["name"] == f"{COUNTY} {MARK}"
    (milestone,) = contract["implementation"]["milestones"]
    assert (milestone["status"], milestone["dueDate"]) == ("met", "2026-04-30T00:00:00Z")


def test_money_that_came_back_is_below_zero_and_no_payor_is_guessed() -> None:
    deal = a_deal(**two_payors())
    (statement,) = stated(deal, [{"homes": ["20"]}])
    back = PaymentMade(statement=1, on=ON, amount=Fraction(5), kind="recovered")
    plain = json.loads(exact_json(ocds_package(opened(deal, [statement], [back], on=ON))))
    (payment,) = plain["releases"][0]["contracts"][0]["implementation"]["transactions"]

    assert payment["value"]["amount"] == -5
    assert "payer" not in payment


def test_a_release_without_an_ocid_says_that_it_is_not_registered() -> None:
    release = ocds_package(shown())["releases"][0]  # type: ignore[index]

    assert release["ocid"] == "unregistered-a-small-deal"


def test_exact_json_writes_no_number_that_it_cannot_write_in_full() -> None:
    with pytest.raises(ValueError, match="decimals"):
        exact_json({"price": Fraction(1, 3)})
    with pytest.raises(ValueError, match="no form"):
        exact_json({"price": 0.5})
    assert exact_json([{}, [], None, True, "é"]) == '[\n  {},\n  [],\n  null,\n  true,\n  "é"\n]\n'


def test_the_descriptor_names_every_column_of_every_table() -> None:
    """R104: open formats come with a published schema."""
    tables = deal_tables(shown(None, *columns("20")))
    plain = descriptor(tables, name="a", title="A", says="", form="csv")
    listed = {
        one["path"]: [field["name"] for field in one["schema"]["fields"]]
        for one in plain["resources"]  # type: ignore[attr-defined]
    }

    assert listed == {f"{one.name}.csv": [column.name for column in one.columns] for one in tables}
    assert all(column.says for table in tables for column in table.columns)


def test_the_table_of_comparators_has_all_that_a_comparison_needs() -> None:
    """R12, R148: place, year, area, population, terms, capital, evaluator, result, lessons."""
    table = comparator_table([library_deal("la-just-in-reach").record])
    row = dict(zip([column.name for column in table.columns], table.rows[0], strict=True))

    assert row["evaluators"] == "RAND"
    assert "Conrad N. Hilton Foundation, subordinate loan, 3000000 USD" in row["capital"]
    assert "stalled: " in row["lessons"] and "[hud_y3]" in row["lessons"]


def test_what_is_left_under_a_ceiling_does_not_tell_what_came_before() -> None:
    deal = a_deal(payments=[a_term(ceiling="3000")])
    seen = shown(deal, *columns("7", "40"))

    assert [one.total for one in seen.statements] == [None, None]


def test_a_later_payment_that_may_hold_a_credit_is_left_out() -> None:
    deal = a_deal()
    statements = stated(deal, [{"homes": column} for column in columns("20", "7", "30")])
    paid = [
        PaymentMade(statement=number, on=ON, amount=Fraction(amount))
        for number, amount in ((1, 2000), (2, 700), (3, 2300))
    ]
    seen = opened(deal, statements, paid, on=ON)

    assert [one.amount for one in seen.payments] == [2_000, None, None]


def test_no_checksum_is_given_against_which_small_numbers_could_be_tried() -> None:
    """R106: a checksum over few possible values tells the value; the later ones rest on it."""
    seen = shown(None, *columns("20", "7", "30"))

    assert [bool(one.checksum) for one in seen.statements] == [True, False, False]


@pytest.mark.parametrize("made", [lambda one: indigo_file(one, id_="A"), ocds_package])
@pytest.mark.parametrize(
    ("standing", "mark"),
    [
        ("illustrative", " [made-up terms, agreed by nobody]"),
        ("practice", " [practice terms, owed by nobody]"),
        ("template", " [terms of a template, agreed by nobody]"),
        ("published-terms", " [published terms, not the contract]"),
        ("contract", ""),
    ],
)
def test_no_party_is_named_without_the_standing_of_the_terms(
    made: Callable[[Opened], dict[str, object]], standing: str, mark: str
) -> None:
    """R104: a row that is copied out of the file still says that its terms are made up."""
    deal = a_deal(standing=standing, capital=[TRANCHE])
    text = exact_json(made(shown(deal, *columns("20"))))
    for party in deal.parties:
        named = re.findall(rf'"{re.escape(party.name)}([^"]*)"', text)
        assert named and set(named) == {mark}
    notes = re.findall(r'"notes": "([^"]*)', text)
    assert all(each.startswith(mark.strip()) for each in notes)


@pytest.mark.parametrize("standing", ["illustrative", "published-terms", "template", "practice"])
def test_no_government_is_named_as_publisher_of_terms_that_are_no_contract(standing: str) -> None:
    """A release travels without a page around it: it says by itself that it is nobody's."""
    package = json.loads(exact_json(ocds_package(shown(a_deal(standing=standing)))))
    assert COUNTY not in package["publisher"]["name"]
    assert package["releases"][0]["standing"] == standing


@pytest.mark.parametrize("standing", ["illustrative", "contract"])
def test_an_indigo_file_tells_a_program_what_its_terms_are(standing: str) -> None:
    record = json.loads(
        exact_json(indigo_file(shown(a_deal(standing=standing)), id_="INDIGO-POJ-9001"))
    )
    assert record["standing"] == standing


def test_the_buyer_publishes_a_contract() -> None:
    package = json.loads(exact_json(ocds_package(shown(a_deal(standing="contract")))))
    assert package["publisher"]["name"] == COUNTY
    assert package["releases"][0]["standing"] == "contract"
