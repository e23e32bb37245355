"""A budget beside a deal: its text, its page, its JSON, and the year-end schedule (R130)."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Refusal
from payforsuccess.runs.finance.budget import budget, budget_year_end
from payforsuccess.runs.statement.statements import issue
from tests.lib.assumed import assumed
from tests.lib.budgets import a_fund, a_request, a_source, an_entry, budget_plain
from tests.lib.deals import CITY, COUNTY, a_deal, a_term, an_outcome, two_payors
from tests.lib.folders import _as_text, a_folder, draft, sign, write_results
from tests.lib.pfs import pfs
from tests.lib.settling import problems_of

APRIL = date(2026, 4, 20)


def a_budgeted(folder: Path, deal: Deal | None = None, **changes: Any) -> Path:
    """The small deal with assumptions and a budget beside it."""
    a_folder(folder, deal or a_deal(payments=[a_term()]))
    plain = _as_text(assumed().model_dump(mode="json", by_alias=True, exclude_none=True))
    (folder / "assumptions.yaml").write_text(yaml.safe_dump(plain))
    write_budget(folder, **changes)
    return folder


def write_budget(folder: Path, **changes: Any) -> None:
    """The budget beside the deal."""
    (folder / "budget.yaml").write_text(yaml.safe_dump(budget_plain(**changes), sort_keys=False))


def a_statement(folder: Path, *homes: str, on: date = APRIL) -> None:
    """Results up to a period, signed and stated."""
    write_results(folder, homes=homes)
    sign(folder, on=on)
    draft(folder, period=len(homes), as_of=on)
    issue(folder)


def test_the_page_and_the_json_say_what_the_text_says(tmp_path: Path) -> None:
    folder = a_budgeted(tmp_path / "deal", requests=[a_request()])
    done = pfs("budget", folder)
    assert done.code == 0, done.err
    assert "1,000.00 short of what is expected" in done.out
    assert "needs: 4 of 5 votes" in done.out
    plain = pfs("budget", folder, "--json").plain
    assert isinstance(plain, dict)
    years = {year["fiscal_year"]: year for year in plain["years"]}
    assert years[2026]["paid"]["base"] == 500_00
    (page,) = plain["written"]
    text = Path(page).read_text("utf-8")
    assert "Illustrative budget" in text
    assert "at most" in text
    assert "<svg" in text
    record = json.loads((Path(page).parent / "run.json").read_text())
    assert "budget.yaml" in json.dumps(record)


def test_another_budget_has_another_folder(tmp_path: Path) -> None:
    folder = a_budgeted(tmp_path / "deal")
    (first,) = budget(folder).written
    assert budget(folder).written == (first,)
    write_budget(folder, sources=[a_source(says="Other money")])
    assert budget(folder).written != (first,)


def test_votes_too_few_end_with_problems_and_are_still_shown(tmp_path: Path) -> None:
    folder = a_budgeted(tmp_path / "deal", requests=[a_request(votes_cast="3")])
    done = pfs("budget", folder)
    assert done.code == 10
    assert "it needs 4 of 5" in done.err
    assert "Reserve ledger" in done.out


def test_without_a_budget_file_the_command_says_what_to_write(tmp_path: Path) -> None:
    folder = a_budgeted(tmp_path / "deal")
    (folder / "budget.yaml").unlink()
    with pytest.raises(Refusal) as refused:
        budget(folder)
    assert "There is no budget.yaml" in problems_of(refused.value)


@pytest.mark.parametrize("votes", ["nowhere", "../rules.yaml", "/etc/hosts"])
def test_rules_for_votes_are_shipped_or_lie_beside(tmp_path: Path, votes: str) -> None:
    (tmp_path / "rules.yaml").write_text("format: 1\n")
    folder = a_budgeted(tmp_path / "deal", votes=votes)
    with pytest.raises(Refusal) as refused:
        budget(folder)
    assert "no rules for votes" in problems_of(refused.value)


def test_year_end_tells_determined_from_earned_and_from_contingent(tmp_path: Path) -> None:
    folder = a_budgeted(tmp_path / "deal")
    a_statement(folder, "7")
    (row,) = budget_year_end(folder, 2026).schedule.funds
    assert row.last_day == date(2026, 6, 30)
    assert row.determined == 700_00
    assert row.earned == {"low": 400_00, "base": 500_00, "high": 500_00}  # the second quarter
    # 8 quarters of at most 40 homes, less what was stated
    assert row.contingent == 8 * 40 * 100_00 - 700_00

    entries = [an_entry("2026-05-02", "paid", "450")]
    write_budget(folder, entries=entries)
    (row,) = budget_year_end(folder, 2026).schedule.funds
    assert row.determined == 250_00
    assert row.lapses == 1_000_00 - 450_00


def test_a_result_signed_and_not_stated_yet_is_determined(tmp_path: Path) -> None:
    folder = a_budgeted(tmp_path / "deal")
    write_results(folder, homes=["7"])
    sign(folder, on=APRIL)
    (row,) = budget_year_end(folder, 2026).schedule.funds
    assert (row.determined, row.earned["base"]) == (700_00, 500_00)
    (before,) = budget_year_end(folder, 2025).schedule.funds
    assert (before.determined, before.earned["base"]) == (0, 0)


def test_what_is_encumbered_is_carried_over_and_funds_that_keep_money_keep_it(
    tmp_path: Path,
) -> None:
    kept = a_fund("Trust", kind="trust", opening="80")
    held = [{"fiscal_year": "2026", "fund": "Main", "amount": "300", "reference": "E-1"}]
    folder = a_budgeted(tmp_path / "deal", funds=[a_fund(), kept], encumbrances=held)
    main, trust = budget_year_end(folder, 2026).schedule.funds
    assert (main.encumbered, main.carried_over, main.lapses) == (300_00, 300_00, 700_00)
    assert (trust.carried_over, trust.lapses, trust.earned["base"]) == (80_00, 0, 0)


def test_what_was_carried_over_can_be_paid_from_the_year_after(tmp_path: Path) -> None:
    held = [{"fiscal_year": "2026", "fund": "Main", "amount": "300", "reference": "E-1"}]
    folder = a_budgeted(tmp_path / "deal", encumbrances=held)
    (row,) = budget_year_end(folder, 2027).schedule.funds
    assert (row.carried_over, row.lapses) == (0, 300_00)


def test_federal_money_stands_by_its_number_and_what_was_paid_for_others_is_receivable(
    tmp_path: Path,
) -> None:
    """The county pays the whole, and the city pays its part back."""
    deal = a_deal(payments=[a_term()], **two_payors())
    source = a_source(kind="grant", assistance_number="14.267")
    entries = [
        an_entry("2026-05-02", "paid", "300"),
        an_entry("2026-05-02", "paid", "200", of_payor=CITY),
        an_entry("2026-06-02", "deposit", "120", of_payor=CITY),
        an_entry("2026-07-02", "deposit", "30", of_payor=CITY),
    ]
    folder = a_budgeted(tmp_path / "deal", deal, sources=[source], entries=entries)
    a_statement(folder, "5")
    schedule = budget_year_end(folder, 2026).schedule
    (federal,) = schedule.federal
    assert (federal.assistance_number, federal.provided) == ("14.267", 1_000_00)
    assert federal.paid_from_fund == 500_00
    (receivable,) = schedule.receivables
    assert (receivable.payor, receivable.amount) == (CITY, 80_00)
    assert {row.payor: row.determined for row in schedule.funds} == {COUNTY: 0, CITY: 0}
    (fund,) = (row.fund for row in schedule.funds if row.payor == CITY)
    assert fund == "no fund"
    said = pfs("budget", folder, "--year-end", "2026").out
    assert "Receivable from payors" in said
    assert "14.267" in said


def test_a_page_is_written_where_nothing_bounds_what_can_fall_due(tmp_path: Path) -> None:
    nights = an_outcome(says="Nights", unit="night", bounds=None)
    deal = a_deal(payments=[a_term()], outcomes={"homes": nights})
    done = pfs("budget", a_budgeted(tmp_path / "deal", deal))
    assert done.code == 0, done.err
    assert "unbounded" in done.out
    assert "no reserve covers it for certain" in done.out
    (page,) = (tmp_path / "deal").glob("out/budget/*/budget.html")
    assert "not bounded" in page.read_text("utf-8")


def test_a_budget_is_done_again_from_its_record(tmp_path: Path) -> None:
    folder = a_budgeted(tmp_path / "deal")
    assert pfs("budget", folder).code == 0
    (kept,) = (folder / "out" / "budget").iterdir()
    done = pfs("replay", kept)
    assert done.code == 0, done.out + done.err
    assert "same       output budget.html" in done.out


def test_money_on_a_statement_that_nobody_approved_is_told(tmp_path: Path) -> None:
    a_statement(a_budgeted(tmp_path), "10")
    payments = "payments:\n  - {statement: 1, on: 2026-04-20, amount: 100, reference: w1}\n"
    (tmp_path / "payments.yaml").write_text(payments)
    told = [each.what for each in budget(tmp_path).told.findings if each.topic == "payments"]
    assert len(told) == 1
    assert "100.00 USD was paid on statement 1, which is not approved" in told[0]
