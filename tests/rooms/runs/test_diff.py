"""`diff` says what an amendment changes, in words and in money, and who must consent."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from payforsuccess.cli.plain import as_plain
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Result, Results
from payforsuccess.errors import Refusal
from payforsuccess.runs.diff import diff
from payforsuccess.runs.folder import read_deal
from tests.lib.deals import COUNTY, PROVIDER, a_deal, a_term

AMENDMENT = {"number": "1", "says": "A higher price", "touches": ["money"]}


def amended(*, consents: list[dict[str, Any]] | None = None, **changes: Any) -> Deal:
    """The small deal as an amendment from 2027 on leaves it."""
    amendment = {**AMENDMENT, "consents": consents or []}
    return a_deal(**{"in_force_from": "2027-01-01", "amendment": amendment, **changes})


def test_two_equal_versions_change_nothing() -> None:
    found = diff(a_deal(), amended())
    assert found.changes == ()
    assert "Nothing changes." in str(found)


def test_a_price_is_told_in_the_words_of_the_term() -> None:
    found = diff(a_deal(), amended(payments=[a_term(price="120")]))
    assert [change.what for change in found.changes] == ["The line “unit price” changes."]
    assert found.changes[0].was == ("For each person of “homes”, Alder County pays USD 100.00.",)
    assert found.changes[0].now == ("For each person of “homes”, Alder County pays USD 120.00.",)


def test_lines_come_and_go() -> None:
    found = diff(a_deal(), amended(payments=[a_term("pot")]))
    assert [change.what for change in found.changes[:2]] == [
        "The line “unit price” is taken away.",
        "The line “pot” is new.",
    ]


def test_other_keys_are_told_one_by_one_with_whose_concern_they_are() -> None:
    found = diff(
        a_deal(),
        amended(
            pays_within_days={"days": "60", "of": "period-end"},
            disputes={"raise_within": "60 days", "steps": []},
        ),
    )
    changes = {change.what: (change.touches, change.was, change.now) for change in found.changes}
    assert changes["pays_within_days.days"] == ("money", ("30",), ("60",))
    assert changes["disputes.raise_within"] == ("duty", ("30 days",), ("60 days",))
    assert found.touches == ("money", "duty")


def test_money_is_compared_at_levels_of_success() -> None:
    found = diff(a_deal(), amended(payments=[a_term(price="120")]))
    assert [(moved.at, moved.old, moved.new, moved.change) for moved in found.money] == [
        ("no success", 0, 0, 0),
        ("a little", 10_000, 12_000, 2_000),
        ("half-way", 200_000, 240_000, 40_000),
        ("the most", 400_000, 480_000, 80_000),
    ]


def test_money_is_compared_on_stated_results_from_the_first_day_on() -> None:
    results = Results(
        results=tuple(Result(outcome="homes", period=period, value=10) for period in range(1, 9))
    )
    found = diff(a_deal(), amended(payments=[a_term(price="120")]), results=results)
    assert [(moved.old, moved.new) for moved in found.money] == [
        (8 * 100_000, 4 * 100_000 + 4 * 120_000)
    ]
    assert "all lines" in str(found)


def test_results_that_cannot_be_paid_are_refused(tmp_path: Path) -> None:
    """An answer at other results than those asked for would mislead."""
    with pytest.raises(Refusal, match="There is no result for `homes`"):
        diff(a_deal(), amended(payments=[a_term(price="120")]), Results(results=()))
    with pytest.raises(Refusal, match="There is no such file"):
        diff(a_deal(), amended(), tmp_path / "nosuch.yaml")


def test_consents_are_listed_given_and_missing() -> None:
    given = [{"of": "payor", "party": COUNTY, "on": "2026-12-01"}]
    found = diff(a_deal(), amended(payments=[a_term(price="120")], consents=given))
    assert [(one.of, one.given_on is not None) for one in found.consents] == [
        ("payor", True),
        ("provider", False),
    ]
    assert "the provider (it touches money): not on record." in str(found)
    assert "Not in force: 1 consent missing." in str(found)


def test_the_matrix_of_the_version_that_is_amended_counts() -> None:
    new = amended(payments=[a_term(price="120")], consents=[])
    lax = new.model_copy(update={"consents": ()})
    assert [one.of for one in diff(a_deal(), lax).consents] == ["payor", "provider"]


def test_what_is_touched_and_not_declared_is_a_finding() -> None:
    parties = [*a_deal().model_dump(mode="json", exclude_none=True)["parties"]]
    parties.append({"name": "Fir Homes", "roles": ["provider"]})
    found = diff(a_deal(), amended(parties=parties))
    said = " ".join(finding.what for finding in found.findings)
    assert "does not say that it touches a duty" in said


def test_the_result_is_plain_for_programs() -> None:
    given = [{"of": "provider", "party": PROVIDER, "on": "2026-12-01"}]
    plain = as_plain(diff(a_deal(), amended(payments=[a_term(price="120")], consents=given)))
    assert isinstance(plain, dict)
    assert plain["in_force_from"] == "2027-01-01"
    json.dumps(plain)


def a_folder(folder: Path) -> Path:
    """The rate-card template as a deal folder whose first period is issued."""
    from payforsuccess.runs.new import new
    from payforsuccess.runs.statement.determine import determine
    from payforsuccess.runs.statement.pay import pay
    from payforsuccess.runs.statement.statements import issue

    new(folder, template="randomised-reentry")
    file = folder / "deal.yaml"
    (folder / "results.yaml").write_text(
        "format: 1\nresults:\n  - {outcome: in_work, period: 1, value: 9}\n", encoding="utf-8"
    )
    evaluator = next(p.name for p in read_deal(file).parties if "evaluator" in p.roles)
    day = date(2027, 4, 15)
    determine(file, party=evaluator, role="evaluator", signed_by="Ada", on=day)
    pay(file, as_of=day, period=1)
    issue(file)
    return file


def test_issued_periods_that_an_amendment_reaches_are_named(tmp_path: Path) -> None:
    old = a_folder(tmp_path / "deal")
    text = old.read_text(encoding="utf-8")
    start = read_deal(old).in_force_from
    new = tmp_path / "deal" / "amendments" / "1.yaml"
    new.parent.mkdir()
    amendment = "amendment: {number: 1, says: A higher fee, touches: [money]}\n"
    new.write_text(text + amendment, encoding="utf-8")
    found = diff(old, new)
    assert found.new.in_force_from == start
    assert found.reached == (1,)
    assert any("needs `retroactive: true`" in finding.what for finding in found.findings)
    later = text.replace(f"in_force_from: {start}", "in_force_from: 2027-04-01")
    new.write_text(later + amendment, encoding="utf-8")
    assert diff(old, new).reached == ()


def test_a_draft_without_consents_can_be_compared(tmp_path: Path) -> None:
    old = a_folder(tmp_path / "deal")
    new = tmp_path / "draft.yaml"
    text = old.read_text(encoding="utf-8")
    start = read_deal(old).in_force_from
    later = text.replace(f"in_force_from: {start}", "in_force_from: 2027-04-01")
    amendment = "amendment: {number: 1, says: A higher fee, touches: [money]}\n"
    new.write_text(later + amendment, encoding="utf-8")
    with pytest.raises(Refusal):
        read_deal(new)
    assert any(one.given_on is None for one in diff(old, new).consents)
