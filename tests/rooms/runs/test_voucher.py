"""Money reaches the warrant, and never beyond its appropriation (R129)."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.runs.initiative.gate import gate
from payforsuccess.runs.initiative.registers import register
from payforsuccess.runs.statement.mark_paid import Paid, mark_paid
from payforsuccess.runs.statement.statements import show
from payforsuccess.runs.statement.voucher import voucher
from tests.lib.approving import approved, certified, prepared, yes
from tests.lib.budgets import CODING, a_fund, a_source, an_entry
from tests.lib.deals import CITY, COUNTY, two_payors
from tests.lib.folders import sign, write_results
from tests.lib.pfs import pfs
from tests.lib.settling import problems_of
from tests.rooms.runs.test_budget import APRIL, a_budgeted, a_statement, write_budget

FUNDS = [a_fund(), a_fund("City", payor=CITY)]


@pytest.fixture
def stated(tmp_path: Path) -> Path:
    """The county and the city owe 420 and 280 on statement 1, and have 1,000 and nothing."""
    folder = a_budgeted(tmp_path / "deal", certified(**two_payors()), **city("280"))
    a_statement(folder, "7")
    approved(folder, on=APRIL, parties=(COUNTY, CITY))
    write_budget(folder, funds=FUNDS)
    return folder


def city(amount: str, year: str = "2026") -> dict[str, Any]:
    """The county's 1,000, and the city's money."""
    county = [{"fiscal_year": year, "amount": "1000"}]
    own = [{"fiscal_year": year, "amount": amount}]
    return {
        "funds": [a_fund(), a_fund("City", payor=CITY)],
        "sources": [
            a_source(years=county),
            a_source("city", payor=CITY, fund="City", years=own),
        ],
    }


def plenty() -> dict[str, Any]:
    """More than the county and the city will owe, in both years."""
    county, own = (
        [{"fiscal_year": year, "amount": "5000"} for year in ("2026", "2027")] for _ in range(2)
    )
    sources = [a_source(years=county), a_source("city", payor=CITY, fund="City", years=own)]
    return {"funds": FUNDS, "sources": sources}


def refused(folder: Path, **keys: Any) -> str:
    """Why there is no voucher; nothing is written."""
    to = folder / "v.csv"
    with pytest.raises(Refusal) as refusal:
        voucher(folder, 1, to=keys.pop("to", to), **keys)
    assert not to.exists()
    return problems_of(refusal.value)


def test_a_voucher_is_refused_by_payor_and_year_where_money_is_not_appropriated(
    stated: Path,
) -> None:
    said = refused(stated)
    assert f"{CITY} is to pay USD 280.00 in fiscal year 2026, and USD 280.00 of it" in said
    assert COUNTY not in said
    write_budget(stated, **city("279.99"))
    assert "USD 0.01 of it is not appropriated (funds: City)" in refused(stated)


def test_only_appropriated_money_counts_and_only_that_of_the_year_of_payment(
    stated: Path,
) -> None:
    file = city("280")
    file["sources"][1]["standing"] = "planned"
    write_budget(stated, **file)
    assert f"{CITY} is to pay" in refused(stated)
    write_budget(stated, **city("280"))
    assert "in fiscal year 2027" in refused(stated, on=date(2026, 7, 1))


def test_the_voucher_carries_the_coding_the_parts_and_the_statements_checksum(
    stated: Path,
) -> None:
    write_budget(stated, **city("280"))
    to = stated / "v.csv"
    assert pfs("statement", "voucher", stated, "1", "--to", to).code == 0
    with to.open() as file:
        county, own = csv.DictReader(file)
    issued = show(stated, 1)
    assert county["statement_fingerprint"] == issued.statement.fingerprint
    assert {key: county[key] for key in CODING} == CODING
    assert (county["payor"], county["amount"], county["currency"]) == (COUNTY, "420.00", "USD")
    assert (own["payor"], own["amount"], own["fiscal_year"]) == (CITY, "280.00", "2026")
    voucher(stated, 1, to=stated / "v.json")
    assert json.loads((stated / "v.json").read_text())["voucher"][1]["amount"] == "280.00"


def test_a_vendor_that_begins_like_a_formula_stays_text_in_the_export(stated: Path) -> None:
    trap = "=HYPERLINK(1)"
    file = city("280")
    funds = [a_fund(coding={**CODING, "vendor": trap}), a_fund("City", payor=CITY)]
    write_budget(stated, **{**file, "funds": funds})
    voucher(stated, 1, to=stated / "v.csv")
    with (stated / "v.csv").open() as opened:
        county, _ = csv.DictReader(opened)
    assert county["vendor"] == f"'{trap}"


def test_a_payors_funds_pay_in_their_order(stated: Path) -> None:
    file = city("280")
    trust = a_fund("Trust", kind="trust", opening="20")
    write_budget(stated, **{**file, "funds": [trust, *file["funds"]]})
    lines = voucher(stated, 1, to=stated / "v.csv").lines
    assert [(line.fund, line.amount) for line in lines] == [
        ("Trust", 20_00),
        ("Main", 400_00),
        ("City", 280_00),
    ]


def test_a_fund_without_coding_is_refused(stated: Path) -> None:
    file = city("280")
    uncoded = {key: value for key, value in a_fund().items() if key != "coding"}
    write_budget(stated, **{**file, "funds": [uncoded, FUNDS[1]]})
    assert "does not say how payments from it are coded" in refused(stated)


def test_what_was_paid_is_not_asked_for_again(stated: Path) -> None:
    entries = [an_entry("2026-04-25", "paid", "420")]
    write_budget(stated, **city("280"), entries=entries)
    (line,) = voucher(stated, 1, to=stated / "v.csv").lines
    assert (line.payor, line.amount) == (CITY, 280_00)
    entries.append(an_entry("2026-04-25", "paid", "280", fund="City"))
    write_budget(stated, **city("280"), entries=entries)
    (stated / "v.csv").unlink()
    assert "Nothing on statement 1 is payable any more" in refused(stated)


def test_payments_yaml_counts_too_where_the_budget_has_no_entry(stated: Path) -> None:
    write_budget(stated, **city("280"))
    (stated / "payments.yaml").write_text(
        "payments:\n  - {statement: 1, on: 2026-04-25, amount: 350}\n"
    )
    lines = voucher(stated, 1, to=stated / "v.csv").lines
    assert [line.amount for line in lines] == [210_00, 140_00]


def test_earlier_statements_come_first(stated: Path) -> None:
    july = date(2026, 7, 20)
    a_statement(stated, "7", "12", on=july)
    write_budget(stated, **plenty())
    approved(stated, 2, on=july, parties=(COUNTY, CITY))
    write_budget(stated, **city("760", "2027"))
    with pytest.raises(Refusal) as refusal:
        voucher(stated, 2, to=stated / "v.csv")
    said = problems_of(refusal.value)
    assert f"{COUNTY} is to pay USD 720.00 in fiscal year 2027, and USD 140.00" in said
    assert CITY not in said  # 280 and 480 are its 760


def test_no_payor_approves_a_part_for_which_nothing_is_appropriated(tmp_path: Path) -> None:
    folder = a_budgeted(tmp_path / "deal", certified(**two_payors()), funds=FUNDS)
    a_statement(folder, "7")
    prepared(folder)
    yes(folder, "Ash Reed", party=COUNTY, on=APRIL)
    with pytest.raises(Refusal) as refusal:
        yes(folder, "Bay Reed", party=CITY, on=APRIL)
    said = problems_of(refusal.value)
    assert f"{CITY} is to pay USD 280.00 in fiscal year 2026, and USD 280.00 of it" in said
    write_budget(folder, **city("280"))
    assert yes(folder, "Bay Reed", party=CITY, on=APRIL).standing.is_approved


def test_no_payment_beyond_the_appropriation_is_put_on_record(stated: Path) -> None:
    """The county has its 420 of 700, the city nothing."""

    def pay(amount: int | None) -> Paid:
        day = date(2026, 4, 25)
        return mark_paid(
            stated, 1, by="Wren Teller", on=day, reference="W-1", amount=amount, today=day
        )

    for amount in (None, 420_01):
        with pytest.raises(Refusal) as refusal:
            pay(amount)
        assert f"{CITY} is to pay USD 280.00" in problems_of(refusal.value)
    assert pay(420_00).still_open == 280_00


def test_a_part_payment_settles_the_statement_that_it_names(stated: Path) -> None:
    july = date(2026, 7, 20)
    a_statement(stated, "7", "12", on=july)
    write_budget(stated, **plenty())
    approved(stated, 2, on=july, parties=(COUNTY, CITY))
    (stated / "payments.yaml").write_text(
        "payments:\n  - {statement: 2, on: 2026-07-25, amount: 100}\n"
    )
    later = [line.amount for line in voucher(stated, 2, to=stated / "2.csv").lines]
    earlier = [line.amount for line in voucher(stated, 1, to=stated / "1.csv").lines]
    assert later == [720_00 - 60_00, 480_00 - 40_00]
    assert earlier == [420_00, 280_00]


def test_a_statement_on_terms_that_are_no_contract_has_no_voucher(tmp_path: Path) -> None:
    folder = a_budgeted(tmp_path / "deal")
    a_statement(folder, "7")
    assert "can be approved: The deal file is not certified" in refused(folder)


def test_a_statement_that_two_people_have_not_approved_has_no_voucher(tmp_path: Path) -> None:
    folder = a_budgeted(tmp_path / "deal", certified(**two_payors()), **city("280"))
    a_statement(folder, "7")
    assert "Statement 1 is not approved: nobody has approved it" in refused(folder)
    approved(folder, on=APRIL, parties=(COUNTY, CITY))
    assert len(voucher(folder, 1, to=folder / "v.csv").lines) == 2


def test_no_day_of_payment_lies_before_the_statement_and_its_approvals(stated: Path) -> None:
    write_budget(stated, **city("280"))
    assert "can be paid on 2020-01-01: it was made on" in refused(stated, on=date(2020, 1, 1))


def test_results_signed_anew_keep_it_from_being_paid_until_the_next_statement(
    stated: Path,
) -> None:
    write_budget(stated, **city("280"))
    write_results(stated, homes=["0"])
    sign(stated, on=APRIL, supersedes=1, reason="Counted twice")
    said = refused(stated)
    assert "is not paid as it stands: determination 1, on which it pays, was superseded" in said
    assert "NOT PAYABLE" in pfs("statement", "show", stated, "--number", "1").out


def test_a_voucher_is_csv_or_json(stated: Path) -> None:
    assert "CSV or JSON" in refused(stated, to=stated / "v.txt")


def test_showing_a_statement_tells_its_coding_and_changes_nothing_of_it(stated: Path) -> None:
    before = show(stated, 1)
    said = pfs("statement", "show", stated).out
    assert "Payable from budget.yaml" in said
    assert "NOT PAYABLE: City of Birch is to pay USD 280.00" in said
    plain = pfs("statement", "show", stated, "--json").plain
    assert isinstance(plain, dict)
    assert plain["coding"]["found"]["lines"][0]["unit"] == CODING["unit"]
    assert "coding" not in plain["statement"]
    assert pfs("statement", "show", stated, "--html", stated / "s.html").code == 0
    page = (stated / "s.html").read_text("utf-8")
    assert "How it is paid" in page
    assert "City of Birch is to pay USD 280.00" in page
    after = show(stated, 1)
    assert (after.content, after.statement.fingerprint) == (
        before.content,
        before.statement.fingerprint,
    )
    (stated / "budget.yaml").write_text("format: 1\n")
    assert "NOT PAYABLE" in pfs("statement", "show", stated).out
    (stated / "budget.yaml").unlink()
    assert "Payable" not in pfs("statement", "show", stated, "--html", stated / "s.html").out
    assert "How it is paid" not in (stated / "s.html").read_text("utf-8")


DISPUTE = """\
format: 1
initiative: A made-up initiative
standing: illustrative
department: Health
jurisdiction: Alder County
contract_type: without-investors
policy_areas: [public-safety]
population: People about to leave jail without a home
started_on: 2026-01-05
disputes:
- name: homes
  statement: 1
  lines: [{line}]
  clause: "7.2"
  amount: {amount}
  raised_by: Alder County
  raised_on: 2026-04-20
  steps: [{{step: operating, opened_on: 2026-04-20{settled}}}]
"""


def disputing(folder: Path, amount: str, settled: str = "") -> None:
    """The county disputes an amount of the statement's one line."""
    line = show(folder, 1).statement.lines[0].term
    text = DISPUTE.format(line=line, amount=amount, settled=settled)
    (folder / "initiative.yaml").write_text(text, "utf-8")


def test_the_undisputed_rest_is_paid(stated: Path) -> None:
    """R124: of 700.00, 100.00 are disputed; the payors hold back 60 and 40 of them."""
    write_budget(stated, **city("280"))
    disputing(stated, "100")
    told = voucher(stated, 1, to=stated / "v.csv")
    assert [line.amount for line in told.lines] == [36000, 24000]
    assert "Not paid yet, in dispute: Alder County USD 60.00" in str(told)
    assert (
        "in dispute: City of Birch USD 40.00"
        in pfs("statement", "show", stated, "--number", "1").out
    )


def test_once_settled_the_whole_is_paid(stated: Path) -> None:
    """R124."""
    write_budget(stated, **city("280"))
    disputing(stated, "100", ", settled_on: 2026-04-25")
    assert [line.amount for line in voucher(stated, 1, to=stated / "v.csv").lines] == [42000, 28000]


def test_nothing_is_asked_for_while_all_is_in_dispute(stated: Path) -> None:
    """R124."""
    write_budget(stated, **city("280"))
    disputing(stated, "700")
    assert "is in dispute" in refused(stated)


def test_what_is_paid_late_is_told_with_the_interest_of_the_deal(tmp_path: Path) -> None:
    """R124: interest on late payment as the deal states; 500.00 at 7.3 percent is 0.10 a day."""
    step = {"name": "operating", "within": "30 days"}
    disputes = {"raise_within": "30 days", "steps": [step], "late_interest": "7.3%"}
    deal = certified(disputes=disputes)
    folder = a_budgeted(tmp_path / "deal", deal)
    a_statement(folder, "5")
    due = show(folder, 1).statement.due_on
    assert due is not None
    (folder / "initiative.yaml").write_text(DISPUTE.split("disputes:")[0], "utf-8")
    day = due + timedelta(days=31)
    found = str(register("disputes", folder, on=day))
    assert "USD 500.00 is overdue since" in found
    assert "Interest to the day: USD 3.00, simple" in " ".join(found.split())
    (told,) = [each.what for each in gate(folder, on=day).findings if each.topic == "late-payment"]
    assert "USD 500.00 of statements is overdue since" in told
    assert "Nothing was paid late" in str(register("disputes", folder, on=due))
