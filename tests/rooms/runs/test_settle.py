"""Determine, draft, issue and explain on a folder; every refusal says what to do."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from payforsuccess.deal.results import Statement
from payforsuccess.errors import Refusal
from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.statement.statements import issue, show, statements
from payforsuccess.runs.statement.why import why
from tests.lib.deals import CITY, COUNTY, a_deal, a_term, an_outcome
from tests.lib.folders import a_folder, draft, issued, sign, write_deal, write_results
from tests.lib.settling import an_amendment, problems_of


def said_by(work: Callable[[], object]) -> str:
    """What a person reads when the work is refused."""
    with pytest.raises(Refusal) as refusal:
        work()
    assert all(problem.do for problem in refusal.value.problems)
    return problems_of(refusal.value)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return a_folder(tmp_path, homes=["3"])


# --- determine -------------------------------------------------------------------------------


def test_a_determination_keeps_who_when_and_the_values_as_text(folder: Path) -> None:
    record = sign(folder, signature="sig")
    kept = json.loads((folder / "out/determinations/0001.json").read_text())
    assert kept["fingerprint"] == record.fingerprint
    assert kept["determination"]["signed_by"] == "Jo Fir"
    assert kept["determination"]["results"][0]["value"] == "3"
    assert record.signature == "sig"


def test_a_determination_is_chained_to_the_one_before(folder: Path) -> None:
    one = sign(folder)
    write_results(folder, homes=["3", "4"])
    two = sign(folder)
    assert (two.number, two.previous) == (2, one.fingerprint)
    assert [result.period for result in two.results] == [2]


@pytest.mark.parametrize(
    ("changes", "what", "do"),
    [
        ({"party": "Nobody"}, "“Nobody” is not a party of this deal.", "signed for: Dogwood"),
        ({"party": COUNTY}, "does not hold the role evaluator", "Its roles are: payor."),
        ({"role": "validator"}, "does not hold the role validator", "Its roles are: evaluator."),
        ({"only": ["hoems"]}, "no result for hoems", "Check the names"),
        ({"supersedes": 4, "reason": "x"}, "no determination 4 to supersede", "On record: none."),
    ],
)
def test_who_may_not_sign_is_told_why(
    folder: Path, changes: dict[str, Any], what: str, do: str
) -> None:
    said = said_by(lambda: sign(folder, **changes))
    assert what in said
    assert do in said
    assert not list((folder / "out/determinations").glob("*.json"))


@pytest.mark.parametrize(
    ("day", "may"), [("2026-03-31", False), ("2026-04-01", True), ("2026-07-01", False)]
)
def test_a_party_signs_only_while_it_holds_its_role(tmp_path: Path, day: str, may: bool) -> None:
    parties = [
        {"name": COUNTY, "roles": ["payor"]},
        {"name": "Cedar Homes", "roles": ["provider"]},
        {
            "name": "Dogwood University",
            "roles": ["evaluator"],
            "since": "2026-04-01",
            "until": "2026-06-30",
        },
    ]
    folder = a_folder(tmp_path, a_deal(parties=parties), homes=["3"])
    if may:
        assert sign(folder, on=date.fromisoformat(day)).number == 1
        return
    said = said_by(lambda: sign(folder, on=date.fromisoformat(day)))
    assert "held its roles from 2026-04-01 until 2026-06-30" in said


@pytest.mark.parametrize(
    ("result", "what"),
    [
        ({"outcome": "hoems", "period": 1, "value": 1}, "The deal has no outcome `hoems`."),
        ({"outcome": "homes", "period": 9, "value": 1}, "the deal has periods 1 to 8"),
        ({"outcome": "homes", "point": "end", "value": 1}, "the measurement point `end`"),
        ({"outcome": "homes", "period": 2, "value": "1.5"}, "finer than the outcome's smallest"),
        ({"outcome": "homes", "period": 1, "value": 4}, "two results for `homes` in period 1"),
    ],
)
def test_a_result_that_fits_nowhere_is_not_signed(
    folder: Path, result: dict[str, Any], what: str
) -> None:
    write_results(folder, {"outcome": "homes", "period": 1, "value": 3}, result)
    assert what in said_by(lambda: sign(folder))


def test_a_value_that_stands_is_replaced_only_by_superseding_it(folder: Path) -> None:
    sign(folder)
    write_results(folder, homes=["4"])
    assert "--supersedes 1" in said_by(lambda: sign(folder))
    assert "Give a reason" in said_by(lambda: sign(folder, supersedes=1))
    assert sign(folder, supersedes=1, reason="a count was wrong").number == 2
    write_results(folder, homes=["5"])
    said = said_by(lambda: sign(folder, supersedes=1, reason="again"))
    assert "superseded already, by determination 2" in said


POINTS = {
    "reads": "points",
    "points": [{"name": "final", "determined_by": "2026-12-31"}],
}


def at_points(tmp_path: Path, *values: str) -> Path:
    deal = a_deal(
        payments=[a_term("schedule", **POINTS)],
        outcomes={"reduction": an_outcome("reduction", reported_as="point")},
    )
    folder = a_folder(tmp_path, deal)
    write_results(folder, *({"outcome": "reduction", "point": "final", "value": v} for v in values))
    return folder


def test_a_result_after_its_last_day_is_not_signed(tmp_path: Path) -> None:
    said = said_by(lambda: sign(at_points(tmp_path, "25"), on=date(2027, 1, 1)))
    assert "after the last day that `schedule` allows, 2026-12-31" in said
    assert "Results after the window earn nothing; only an amendment can move it." in said


def test_a_correction_of_a_timely_result_may_be_signed_later(tmp_path: Path) -> None:
    folder = at_points(tmp_path, "25")
    sign(folder, on=date(2026, 12, 31))
    write_results(folder, {"outcome": "reduction", "point": "final", "value": "26"})
    record = sign(folder, on=date(2027, 3, 1), supersedes=1, reason="a typing error")
    assert str(record.results[0].value) == "26"


def test_a_provisional_point_after_its_last_day_cannot_be_issued(tmp_path: Path) -> None:
    folder = at_points(tmp_path, "25")
    for period in range(1, 4):
        draft(folder, period)
        issue(folder)
    draft(folder, 4)
    said = said_by(lambda: issue(folder))
    assert "The last day to determine it was 2026-12-31" in said
    (folder / "results.yaml").write_text("format: 1\nresults: []\n")
    draft(folder, 4)
    assert issue(folder).statement.total == 0


def test_rows_by_person_are_signed_with_their_totals(tmp_path: Path) -> None:
    """R3: rows spread otherwise after the signature are not what was signed."""
    deal = a_deal(payments=[a_term(price="10", limit_each_person="3")])
    folder = a_folder(tmp_path, deal, people="homes,1,a,5,jail:1\nhomes,1,b,1,jail:2")
    record = sign(folder)
    assert [(rows.outcome, rows.period) for rows in record.rows] == [("homes", 1)]
    assert draft(folder).statement.total == 40_00
    a_folder(folder, deal, people="homes,1,a,3,jail:1\nhomes,1,b,3,jail:2")
    said = said_by(lambda: draft(folder))
    assert "are not those that determination 1 signed" in said
    assert "--supersedes 1" in said
    sign(folder, supersedes=1, reason="the feed was corrected")
    assert draft(folder).statement.total == 60_00


# --- draft -----------------------------------------------------------------------------------


def test_without_results_there_is_nothing_to_pay_on(tmp_path: Path) -> None:
    said = said_by(lambda: draft(a_folder(tmp_path)))
    assert "There are no results to pay on." in said
    assert "results.yaml" in said


def test_two_results_in_one_slot_are_refused(folder: Path) -> None:
    one = {"outcome": "homes", "period": 1, "value": 3}
    write_results(folder, one, {**one, "value": 4})
    assert "There are two results for `homes` in period 1." in said_by(lambda: draft(folder))


def test_a_draft_is_marked_provisional_and_written_beside_the_deal(folder: Path) -> None:
    made = draft(folder)
    assert made.statement.total == 300_00
    assert "PROVISIONAL" in str(made)
    assert "NOT CERTIFIED" in str(made)
    assert made.path == folder / "out/drafts/statement-0001-period-001.json"


@pytest.mark.parametrize(
    ("period", "what"),
    [
        (0, "The deal has periods 1 to 8; there is no period 0."),
        (9, "The deal has periods 1 to 8; there is no period 9."),
        (2, "Period 1 was not stated yet, and a period may not be skipped."),
    ],
)
def test_periods_are_stated_one_after_another(folder: Path, period: int, what: str) -> None:
    assert what in said_by(lambda: draft(folder, period))


def test_an_earlier_period_is_corrected_in_a_later_statement(folder: Path) -> None:
    issued(folder, "3", "4")
    said = said_by(lambda: draft(folder, 1))
    assert "Period 2 was stated already" in said
    assert "Ask for period 2 (corrections only) or 3." in said
    assert draft(folder, 2).statement.lines == ()


def test_a_version_that_was_edited_after_it_was_used_is_refused(folder: Path) -> None:
    issued(folder, "3")
    write_deal(folder / "deal.yaml", a_deal(payments=[a_term(price="90")]))
    said = said_by(lambda: draft(folder))
    assert "is not the one that statement 1 used" in said
    assert "Put the old file back" in said


def test_an_amendment_that_reaches_back_unsaid_is_refused(folder: Path) -> None:
    issued(folder, "3", "4", "5")
    changed = an_amendment(payments=[a_term(price="90")])
    write_deal(folder / "amendments/01.yaml", changed)
    said = said_by(lambda: draft(folder))
    assert "reaches periods that were stated up to 2026-09-30" in said
    assert "01.yaml" in said


def test_an_amendment_for_later_periods_pays_its_own_price(folder: Path) -> None:
    issued(folder, "3", "4")
    write_deal(folder / "amendments/01.yaml", an_amendment(payments=[a_term(price="90")]))
    write_results(folder, homes=["3", "4", "2"])
    assert draft(folder).statement.total == 180_00


@pytest.mark.parametrize(
    ("deal", "value", "what"),
    [
        (a_deal(), "41", "lies outside the bounds of the deal, 0 to 40"),
        (a_deal(), "2.5", "is finer than its smallest step, 1"),
        (
            a_deal(
                payments=[
                    a_term(
                        "schedule",
                        pays_for="homes",
                        bands=[
                            {"from": "0", "below": "10", "pays": "1"},
                            {"above": "10", "pays": "2"},
                        ],
                    )
                ]
            ),
            "10",
            "is in no band of the schedule",
        ),
    ],
)
def test_a_value_nobody_agreed_on_is_never_paid(
    tmp_path: Path, deal: Any, value: str, what: str
) -> None:
    said = said_by(lambda: draft(a_folder(tmp_path, deal, homes=[value])))
    assert what in said
    assert "payments[0]" in said


# --- issue -----------------------------------------------------------------------------------


def test_issuing_again_gives_the_same_bytes(folder: Path) -> None:
    (first,) = issued(folder, "3")
    again = issue(folder)
    assert again.content == first.content
    assert again.statement == first.statement
    assert [each.statement.number for each in statements(folder)] == [1]


def test_each_statement_is_chained_to_the_one_before(folder: Path) -> None:
    one, two = issued(folder, "3", "4")
    assert (one.statement.previous, two.statement.previous) == (None, one.statement.fingerprint)


def test_a_provisional_result_is_not_issued(folder: Path) -> None:
    draft(folder)
    said = said_by(lambda: issue(folder))
    assert "The result for `homes` in period 1 is provisional" in said
    assert "pfs determine" in said
    assert not list((folder / "out/statements").glob("[0-9]*"))


def test_a_draft_that_is_no_longer_true_is_not_issued(folder: Path) -> None:
    draft(folder)
    sign(folder)
    said = said_by(lambda: issue(folder))
    assert "The draft is out of date" in said
    assert "Make it again with `pfs pay`" in said


def test_there_is_nothing_to_issue_without_a_draft(folder: Path) -> None:
    assert "There is no draft to issue." in said_by(lambda: issue(folder))


def test_an_issued_statement_is_never_replaced(folder: Path) -> None:
    issued(folder, "3")
    stale = folder / "out/drafts/statement-0001-period-001.json"
    plain = json.loads(stale.read_text())
    plain["fingerprint"] = "sha256:" + "0" * 64
    stale.write_text(json.dumps(plain))
    said = said_by(lambda: issue(folder))
    assert "Statement 1 was issued already, with another content." in said


@pytest.mark.parametrize(
    "damage",
    [
        lambda plain: plain["draft"].update(as_of="someday"),
        lambda plain: plain["draft"].update(period="one"),
        lambda plain: plain["draft"].update(number=0),
        lambda plain: plain.pop("draft"),
        lambda plain: plain.update(draft=[]),
    ],
)
def test_a_draft_that_was_damaged_is_refused(
    folder: Path, damage: Callable[[dict[str, Any]], object]
) -> None:
    sign(folder)
    path = draft(folder).path
    plain = json.loads(path.read_text())
    damage(plain)
    path.write_text(json.dumps(plain))
    assert "This is no draft statement." in said_by(lambda: issue(folder))


def test_an_edited_draft_is_computed_again_not_believed(folder: Path) -> None:
    sign(folder)
    path = draft(folder).path
    plain = json.loads(path.read_text())
    plain["draft"]["total"] = 1
    path.write_text(json.dumps(plain))
    assert issue(folder).statement.total == 300_00


def test_a_results_file_elsewhere_is_found_again(tmp_path: Path, monkeypatch: Any) -> None:
    folder = a_folder(tmp_path / "deal", homes=["3"])
    elsewhere = tmp_path / "elsewhere.yaml"
    shutil.move(folder / "results.yaml", elsewhere)
    monkeypatch.chdir(tmp_path)
    sign(folder, results=Path("elsewhere.yaml"))
    draft(folder, results=Path("elsewhere.yaml"))
    monkeypatch.chdir(folder)
    assert issue(folder).statement.total == 300_00


# --- what was issued -------------------------------------------------------------------------


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_an_edited_statement_is_noticed(folder: Path) -> None:
    issued(folder, "3")
    edit(folder / "out/statements/0001/statement.json", '"total": 30000', '"total": 30001')
    said = said_by(lambda: show(folder))
    assert "This statement was changed after it was written" in said
    assert "statement.json" in said


def test_an_edited_determination_is_noticed(folder: Path) -> None:
    sign(folder)
    edit(folder / "out/determinations/0001.json", "Jo Fir", "Jo Ash")
    assert "This determination was changed" in said_by(lambda: draft(folder))


def test_a_determination_that_was_paid_on_cannot_be_made_anew(folder: Path) -> None:
    issued(folder, "3")
    kept = folder / "out/determinations/0001.json"
    original = kept.read_bytes()
    kept.unlink()
    said = said_by(lambda: show(folder))
    assert "Statement 1 pays on determination 1, which is missing." in said
    write_results(folder, homes=["7"])
    assert "is missing" in said_by(lambda: sign(folder, signed_by="Other"))
    (other := a_folder(folder / "other")).joinpath("out").mkdir()
    write_results(other, homes=["7"])
    sign(other)
    kept.write_bytes((other / "out/determinations/0001.json").read_bytes())
    for work in (lambda: show(folder), lambda: draft(folder, 1)):
        assert "determination 1, which is not the one on record" in said_by(work)
    kept.write_bytes(original)
    assert show(folder).statement.total == 300_00


def test_a_missing_statement_breaks_the_chain(folder: Path) -> None:
    issued(folder, "3", "4", "5")
    shutil.rmtree(folder / "out/statements/0002")
    said = said_by(lambda: show(folder))
    assert "The chain of statements is broken at number 2" in said
    assert "Put the originals back." in said


def test_the_newest_statement_cannot_go_missing_unnoticed(folder: Path) -> None:
    issued(folder, "3", "4")
    shutil.rmtree(folder / "out/statements/0002")
    for work in (lambda: show(folder), lambda: draft(folder, 2), lambda: issue(folder)):
        said = said_by(work)
        assert "Statement 2 was issued, and it is not here: one is missing." in said
        assert "Put the originals back." in said


def test_an_only_statement_cannot_be_made_anew(tmp_path: Path) -> None:
    one, other = a_folder(tmp_path / "one"), a_folder(tmp_path / "other")
    issued(one, "3")
    issued(other, "2")
    shutil.rmtree(one / "out/statements/0001")
    shutil.copytree(other / "out/statements/0001", one / "out/statements/0001")
    assert "Statement 1 is not the one that was issued" in said_by(lambda: show(one))


def test_a_register_left_one_behind_is_brought_up_to_date(folder: Path) -> None:
    """As a process leaves it that was killed between the statement and the register."""
    register = folder / "out/statements/chain.json"
    issued(folder, "3")
    behind = register.read_bytes()
    write_results(folder, homes=["3", "4"])
    sign(folder)
    draft(folder)
    issue(folder)
    whole = register.read_bytes()
    register.write_bytes(behind)
    assert show(folder).statement.number == 2
    assert issue(folder).statement.number == 2
    assert register.read_bytes() == whole


def test_a_damaged_register_is_told(folder: Path) -> None:
    issued(folder, "3")
    (folder / "out/statements/chain.json").write_text("[]")
    assert "The register of issued statements cannot be read." in said_by(lambda: show(folder))


def test_an_exchanged_statement_breaks_the_chain(tmp_path: Path) -> None:
    one, other = a_folder(tmp_path / "one"), a_folder(tmp_path / "other")
    issued(one, "3", "4")
    issued(other, "2")
    shutil.rmtree(one / "out/statements/0001")
    shutil.copytree(other / "out/statements/0001", one / "out/statements/0001")
    assert "The chain of statements is broken at number 2" in said_by(lambda: show(one))


def test_statements_are_listed_and_shown_by_number(folder: Path) -> None:
    assert "No statement was issued yet." in said_by(lambda: show(folder))
    issued(folder, "3", "4")
    assert show(folder).statement.number == 2
    assert show(folder, 1).statement.total == 300_00
    assert "Issued so far: 1 to 2." in said_by(lambda: show(folder, 3))


def test_a_statement_read_back_is_the_same(folder: Path) -> None:
    (made,) = issued(folder, "3")
    plain = json.loads(made.content)
    again = Statement.model_validate(plain["statement"])
    assert again == made.statement
    assert again.fingerprint == plain["fingerprint"] == made.statement.fingerprint


def test_a_statement_holds_no_place_of_this_machine(folder: Path) -> None:
    (made,) = issued(folder, "3")
    assert str(folder).encode() not in made.content


# --- why -------------------------------------------------------------------------------------


@pytest.fixture
def by_person(tmp_path: Path) -> Path:
    deal = a_deal(payments=[a_term(price="10", limit_each_person="3")])
    folder = a_folder(tmp_path, deal, people="homes,1,a,2,jail:4\nhomes,1,b,5,jail:5;jail:9")
    sign(folder)
    draft(folder)
    issue(folder)
    return folder


def test_a_dollar_is_followed_to_clause_steps_people_and_rows(by_person: Path) -> None:
    found = why(by_person, statement=1, line="unit-price", person="b")
    assert found.line.amount == 50_00
    assert [(row.person, row.amount, row.is_allocated) for row in found.people] == [
        ("a", 20_00, False),
        ("b", 30_00, False),
    ]
    said = str(found)
    for part in ("section 4", "determination 1", "source row jail:9", COUNTY, "USD 50.00"):
        assert part in said


@pytest.mark.parametrize("line", ["2", "0", "²", "-1", "nothing"])
def test_a_line_that_is_not_there_is_told_with_those_that_are(by_person: Path, line: str) -> None:
    said = said_by(lambda: why(by_person, line=line))
    assert "The lines are: 1 unit-price (period 1)." in said


def test_a_key_without_a_part_is_refused_and_not_repeated(by_person: Path) -> None:
    said = said_by(lambda: why(by_person, line="1", person="someone"))
    assert "This key has no part in the line." in said
    assert "someone" not in said


def test_the_order_of_rows_by_person_is_nothing(tmp_path: Path) -> None:
    deal = a_deal(payments=[a_term(price="10", limit_each_person="3")])
    one, other = "homes,1,a,2,jail:4", "homes,1,b,5,jail:5"
    totals = []
    for name, text in (("one", f"{one}\n{other}"), ("other", f"{other}\n{one}")):
        folder = a_folder(tmp_path / name, deal, people=text)
        sign(folder)
        draft(folder)
        totals.append(issue(folder))
    assert totals[0].content == totals[1].content
    assert totals[0].statement.fingerprint == totals[1].statement.fingerprint


def test_a_correction_line_says_what_was_stated_before(folder: Path) -> None:
    issued(folder, "3")
    write_results(folder, homes=["2", "4"])
    sign(folder, supersedes=1, reason="a count was wrong")
    draft(folder)
    issue(folder)
    said = str(why(folder, line="2"))
    assert "USD 200.00 now - USD 300.00 stated before = USD -100.00" in said
    assert "determination: a new determination of homes (period 1)" in said


def test_an_open_folder_needs_a_deal(tmp_path: Path) -> None:
    assert "There is no deal.yaml in this folder." in said_by(lambda: open_folder(tmp_path))
    assert CITY not in said_by(lambda: open_folder(tmp_path / "nowhere"))


# --- payments made ---------------------------------------------------------------------------


def test_payments_made_close_the_balance(folder: Path) -> None:
    issued(folder, "3")
    (folder / "payments.yaml").write_text(
        "payments:\n  - {statement: 1, on: 2028-01-31, amount: 250.00, reference: W-17}\n"
    )
    write_results(folder, homes=["3", "1"])
    balance = draft(folder).statement.balance
    assert (balance.stated, balance.paid, balance.owed) == (400_00, 250_00, 150_00)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("payments:\n  - {statement: 7, on: 2028-01-31, amount: 1}\n", "names statement 7"),
        ("payments:\n  - {statement: 1, on: 2028-01-31, amount: 1.001}\n", "whole minor units"),
        ("payments:\n  - {statement: 1, on: 2028-01-31, amuont: 1}\n", "amount"),
        ("payments: 5\n", "payments"),
    ],
)
def test_a_payment_that_cannot_be_is_refused(folder: Path, text: str, what: str) -> None:
    issued(folder, "3")
    (folder / "payments.yaml").write_text(text)
    write_results(folder, homes=["3", "1"])
    assert what in said_by(lambda: draft(folder))


def test_rows_by_person_for_an_unknown_outcome_are_refused(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, people="homes,1,a,1,jail:1\nhoems,1,b,1,jail:2")
    said = said_by(lambda: draft(folder))
    assert "people.csv:3" in said and "The cell under `outcome` holds no name" in said
    assert "Write one of: homes." in said


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("homes,0,a,1,", "The period is not a whole number from 1."),
        ("homes,1,,1,", "The row has no person key."),
        ("homes,1,a,one,", "The quantity is not a number in digits."),
        ("homes,1,a,1e3,", "The quantity is not a number in digits."),
        ("homes,1,a", "The row has 3 cells; the header has 5."),
    ],
)
def test_a_faulty_row_is_named_by_its_number_and_not_repeated(
    tmp_path: Path, row: str, what: str
) -> None:
    folder = a_folder(tmp_path, people=f"homes,1,secret,1,jail:1\n{row}")
    said = said_by(lambda: draft(folder))
    assert what in said
    assert "people.csv:3" in said
    assert "secret" not in said


def test_issuing_the_same_draft_again_says_that_nothing_new_was_issued(tmp_path: Path) -> None:
    """In a loop after a refused `pay` nobody takes the former statement for a new one."""
    folder = a_folder(tmp_path, homes=["3"])
    sign(folder)
    draft(folder)

    assert "issued already" not in str(issue(folder))
    assert str(issue(folder)).startswith("Statement 1 was issued already; nothing new was issued.")


def test_after_the_last_period_a_draft_is_of_corrections_on_it(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    count = len(issued(folder, *(["3"] * 8)))
    write_results(folder, homes=["4", *(["3"] * 7)])
    sign(folder, supersedes=1, reason="One more was found")
    made = draft(folder)
    assert (made.statement.number, made.statement.period) == (count + 1, 8)
    assert [(line.period, line.kind) for line in made.statement.lines] == [(1, "correction")]
