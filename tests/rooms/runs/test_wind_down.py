"""`pfs wind-down` on a folder: drafts, the book, records, people; it issues nothing."""

from __future__ import annotations

import stat
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.runs.finance.wind_down import wind_down
from payforsuccess.runs.finance.wound_down import WoundDown
from payforsuccess.runs.statement.statements import issue
from tests.lib.capital import a_financed_deal, a_tranche
from tests.lib.deals import COUNTY, PROVIDER, a_deal, a_term
from tests.lib.folders import a_folder, draft, sign, write_deal, write_results
from tests.lib.pfs import pfs
from tests.lib.recorded_capital import ENDING, write_record

FIRST, SECOND = date(2026, 4, 20), date(2026, 7, 20)
PEOPLE = """person,provider,needs,started_on,ended_on
k1,Cedar Homes,home with support,2026-01-10,
k2,Cedar Homes,none,2026-01-12,2026-03-01
k3,Cedar Homes,clinic,2026-08-01,
"""


def state(folder: Path, on: date, **columns: list[str]) -> None:
    """Have the results signed, the next period drafted and its statement issued."""
    write_results(folder, **columns)
    sign(folder, on=on, **({"supersedes": 1, "reason": "read again"} if is_later(folder) else {}))
    draft(folder, as_of=on)
    issue(folder)


def is_later(folder: Path) -> bool:
    return bool(list((folder / "out/statements").glob("*")))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    deal = a_financed_deal(termination=[{**ENDING, "early_payment": "50"}])
    write_record(a_folder(tmp_path, deal, homes=["10", "5"]))
    return tmp_path


def ended(folder: Path, **changes: Any) -> WoundDown:
    usual: dict[str, Any] = {
        "event": "no_money",
        "on": date(2026, 7, 15),
        "told_on": date(2026, 6, 1),
        "not_measured": 2,
    }
    return wind_down(folder, **{**usual, **changes})


def test_before_an_amendment_is_in_force_the_events_of_the_version_before_end_a_deal(
    folder: Path,
) -> None:
    amendment = {
        "number": "1",
        "says": "A longer notice.",
        "touches": ["money"],
        "signed_on": "2026-05-20",
        "consents": [
            {"of": "payor", "party": COUNTY, "on": "2026-05-20"},
            {"of": "provider", "party": PROVIDER, "on": "2026-05-20"},
        ],
    }
    later = a_financed_deal(
        a_tranche(amount="9000", rate="50%", interest={"day_count": "30/360", "unpaid": "waits"}),
        in_force_from="2026-10-01",
        termination=[{**ENDING, "early_payment": "50", "notice": "300 days"}],
        overpayment="forgive",
        amendment=amendment,
    )
    before = ended(folder)
    (folder / "amendments").mkdir()
    write_deal(folder / "amendments" / "1.yaml", later)
    now = ended(folder)
    assert now.calling == before.calling
    assert now.due == before.due
    assert now.after.moves == before.after.moves
    assert now.deal == before.deal
    assert now.before.book.balances[0].interest == 0
    with pytest.raises(Refusal, match="needs 300 days of notice"):
        ended(folder, on=date(2026, 10, 15))


def test_statements_are_drafted_and_none_is_issued(folder: Path) -> None:
    found = ended(folder)
    assert [d.statement.total for d in found.statement.drafts] == [1_000_00, 500_00]
    assert not (folder / "out/statements").exists()
    assert not (folder / "out/drafts").exists()
    assert "Period 3 is cut short" in str(found)
    # 1,500 earned and 100 for two people; the record's payment was on no statement
    assert found.due.total == 1_600_00
    assert "DOES NOT CLOSE" not in str(found)


def test_a_period_that_is_over_needs_its_results(folder: Path) -> None:
    with pytest.raises(Refusal):
        ended(folder, on=date(2026, 12, 31))


def test_an_end_on_a_periods_last_day_can_be_looked_at_beforehand(folder: Path) -> None:
    found = ended(folder, on=date(2026, 9, 30))
    assert "Period 3 ends with it and has no results: nothing is earned in it." in str(found)
    with pytest.raises(Refusal, match="period 3"):
        ended(folder, on=date(2026, 10, 1))


@pytest.mark.parametrize(
    ("told", "field"),
    [({"wind_up_costs": Fraction(100)}, "wind_up_cap"), ({"not_measured": 3}, "early_payment")],
)
def test_what_the_event_has_no_use_for_is_refused(
    tmp_path: Path, told: dict[str, Any], field: str
) -> None:
    write_record(a_folder(tmp_path, a_financed_deal(termination=[ENDING]), homes=["10", "5"]))
    with pytest.raises(Refusal, match="would change nothing") as refusal:
        ended(tmp_path, **{"not_measured": None, **told})
    assert field in refusal.value.problems[0].do
    assert refusal.value.problems[0].where.field.startswith("termination")
    ended(tmp_path, not_measured=None)


def test_a_period_that_is_cut_short_earns_what_its_results_say(folder: Path) -> None:
    write_results(folder, homes=["10", "5", "3"])
    found = ended(folder)
    assert [d.statement.total for d in found.statement.drafts] == [1_000_00, 500_00, 300_00]
    assert "cut short" not in str(found)


def test_what_stops_the_last_statement_is_told_if_it_is_no_missing_result(folder: Path) -> None:
    write_results(folder, homes=["10", "5", "9999"])
    told = str(ended(folder))
    assert "Period 3 is cut short, and nothing is earned in it, for no statement can be" in told


def test_a_statement_below_zero_takes_from_the_line_that_it_corrects(tmp_path: Path) -> None:
    two = [a_term(price="100"), a_term(name="kept", price="10", pays_for="kept")]
    folder = a_folder(tmp_path, a_deal(payments=two, termination=[ENDING]))
    state(folder, FIRST, homes=["10"], kept=["20"])
    state(folder, SECOND, homes=["0", "0"], kept=["0", "0"])
    write_results(folder, homes=["0", "0", "3"], kept=["0", "0", "30"])
    found = ended(folder, on=date(2026, 9, 30), not_measured=None)
    assert [each.total for each in found.statement.issued] == [1_200_00, -1_200_00]
    assert found.due.total == 600_00
    paid = {move.why: move.amount for move in found.after.moves if move.kind == "success-payment"}
    assert paid == {"unit-price": 300_00, "kept": 300_00}


def test_what_was_forgiven_is_not_taken_back_at_the_end(tmp_path: Path) -> None:
    deal = a_deal(payments=[a_term(price="100")], termination=[ENDING], overpayment="forgive")
    folder = a_folder(tmp_path, deal)
    state(folder, FIRST, homes=["10"])
    payments = "payments:\n  - {statement: 1, on: 2026-04-20, amount: 1000, reference: w1}\n"
    (folder / "payments.yaml").write_text(payments)
    state(folder, SECOND, homes=["6", "0"])
    write_results(folder, homes=["6", "0", "5"])
    found = ended(folder, on=date(2026, 9, 30), not_measured=None)
    assert [each.total for each in found.statement.issued] == [1_000_00, -400_00]
    assert found.due.total == 500_00


def test_money_that_was_not_there_is_not_paid_out_at_the_end(folder: Path) -> None:
    paid = [{"on": "2026-01-15", "amount": "90000", "to": PROVIDER}]
    write_record(folder, disbursements=paid)
    with pytest.raises(Refusal, match="more was paid out than was there on 2026-01-15"):
        ended(folder)


def test_without_a_record_of_capital_nothing_is_guessed(folder: Path) -> None:
    (folder / "capital.yaml").unlink()
    with pytest.raises(Refusal, match=r"no capital\.yaml"):
        ended(folder)


def test_the_list_of_people_still_served_is_for_its_owner_alone(folder: Path) -> None:
    (folder / "served.csv").write_text(PEOPLE)
    found = ended(folder, people=folder / "served.csv", not_measured=None)
    private = found.written[-1]
    assert private.read_text().splitlines()[1].startswith("k1,Cedar Homes,home with support")
    assert len(private.read_text().splitlines()) == 2
    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    assert stat.S_IMODE(private.parent.stat().st_mode) == 0o700
    assert "k1" not in str(found)
    page, numbers = (path.read_text() for path in found.written[:2])
    assert "k1" not in page + numbers
    assert "What each tranche was owed" in page
    assert found.due.amount("early") == 50_00


def test_a_row_about_a_person_is_named_by_its_number(folder: Path) -> None:
    (folder / "served.csv").write_text(PEOPLE.replace("2026-03-01", "soon"))
    with pytest.raises(Refusal) as refusal:
        ended(folder, people=folder / "served.csv")
    assert refusal.value.problems[0].where.line == 3
    assert "soon" not in str(refusal.value)


def test_nobody_guesses_how_many_are_not_measured(folder: Path) -> None:
    with pytest.raises(Refusal, match="not measured"):
        ended(folder, not_measured=None)


def test_the_command_says_the_first_possible_day(folder: Path) -> None:
    asked = ["wind-down", str(folder), "--event", "no_money", "--told-on", "2026-06-20"]
    done = pfs(*asked, "--on", "2026-07-01")
    assert done.code == 10
    assert "The first possible day is 2026-07-20." in done.err
    done = pfs(*asked, "--on", "2026-07-20", "--not-measured", "0", "--json")
    assert done.code == 0
    assert '"closes": true' in done.out


def test_an_end_is_replayed_with_all_that_it_rested_on(folder: Path) -> None:
    state(folder, FIRST, homes=["10"])
    write_results(folder, homes=["10", "5"])
    payments = "payments:\n  - {statement: 1, on: 2026-04-20, amount: 400, reference: w1}\n"
    (folder / "payments.yaml").write_text(payments)
    (folder / "served.csv").write_text(PEOPLE)
    found = ended(folder, people=folder / "served.csv")
    kept = found.written[0].parent
    assert "k1" not in (kept / "run.json").read_text()
    done = pfs("replay", kept)
    assert done.code == 0, done.out + done.err
    for part in (
        *("input deal.yaml", "input capital.yaml", "input payments.yaml", "input results.yaml"),
        *("input served.csv", "deal version", "output wind-down.html", "output wind-down.json"),
        "output private/continuing-services.csv",
    ):
        assert f"same       {part}" in done.out
    assert "k1" not in done.out
    (folder / "payments.yaml").write_text(payments.replace("400", "300"))
    changed = pfs("replay", kept)
    assert changed.code == 10
    assert "The first difference is input payments.yaml" in changed.out


def test_results_named_for_an_end_are_read_again_where_they_lie(folder: Path) -> None:
    named = folder / "out" / "runs" / "late" / "results.yaml"
    named.parent.mkdir(parents=True)
    write_results(folder, homes=["10", "7"])
    (folder / "results.yaml").rename(named)
    write_results(folder, homes=["10", "5"])
    found = ended(folder, results=named)
    assert found.statement.earned == 1_700_00
    done = pfs("replay", found.written[0].parent)
    assert done.code == 0, done.out + done.err
    assert "same       input out/runs/late/results.yaml" in done.out


def test_an_end_told_otherwise_is_kept_beside_the_first(folder: Path) -> None:
    first, second = ended(folder), ended(folder, not_measured=3)
    assert first.written[0].parent != second.written[0].parent
    assert all(path.is_file() for path in (*first.written, *second.written))


def test_an_end_at_which_nothing_is_due_is_told_on_its_page(tmp_path: Path) -> None:
    deal = a_deal(payments=[a_term(price="100")], termination=[ENDING], overpayment="credit")
    write_results(a_folder(tmp_path, deal), homes=["10"])
    state(tmp_path, FIRST, homes=["10"])
    payments = "payments:\n  - {statement: 1, on: 2026-04-20, amount: 1600, reference: w1}\n"
    (tmp_path / "payments.yaml").write_text(payments)
    write_results(tmp_path, homes=["10", "5"])
    found = ended(tmp_path, not_measured=None)
    assert found.due.total == 0
    page = next(path for path in found.written if path.suffix == ".html").read_text()
    assert "Nothing is due." in page
    # 1,600 was paid on 1,500 that two statements state
    assert "USD 100.00 more was paid than is stated in all" in str(found)
