"""`diff` says what an amendment changes, in words and in money, and who must consent."""

from __future__ import annotations

import json
from typing import Any

from payforsuccess.cli.plain import as_plain
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Result, Results
from payforsuccess.runs.diff import diff
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


def test_results_that_cannot_be_paid_are_a_finding() -> None:
    results = Results(results=(Result(outcome="homes", period=2, value=10),))
    found = diff(a_deal(), amended(payments=[a_term(price="120")]), results=results)
    assert any("cannot be paid on these results" in finding.what for finding in found.findings)


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
