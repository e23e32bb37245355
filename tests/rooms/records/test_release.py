"""What agreements let out, and to whom."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from payforsuccess.deal.data import DataSource
from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Refusal
from payforsuccess.records import check_release
from payforsuccess.runs.data.release import refuse_release
from payforsuccess.runs.folder import read_deal
from payforsuccess.runs.measure.equity import equity

EXAMPLE = Path(__file__).parents[3] / "examples" / "maryland-reentry"
AGREEMENT: dict[str, Any] = {
    "kind": "dsa",
    "parties": ["Sheriff", "Evaluator"],
    "purpose": "Evaluation",
    "permitted_columns": ["booked_at"],
    "regime": "none",
    "signed_on": "2024-01-01",
    "expires_on": "2024-12-31",
}


def source(feed: str = "jail", **changes: Any) -> DataSource:
    stated = {
        "feed": feed,
        "layout": "jail-bookings",
        "says": "Bookings",
        "held_by": [{"name": "Sheriff"}],
        "refreshed": "month",
        "complete_through": "2024-06-30",
        **changes,
    }
    return DataSource.model_validate(stated)


def under(feed: str = "jail", **agreement: Any) -> DataSource:
    return source(feed, agreement={**AGREEMENT, **agreement})


PUBLIC = source(public={"licence": "MIT", "source": "A book"})


@pytest.mark.parametrize(
    ("releases", "kind", "goes"),
    [
        ("nothing", "totals", False),
        ("nothing", "person-rows", False),
        ("totals", "totals", True),
        ("totals", "person-rows", False),
        ("person-rows", "totals", True),
        ("person-rows", "person-rows", True),
    ],
)
def test_an_agreement_lets_out_what_it_says_and_less(releases: str, kind: Any, goes: bool) -> None:
    assert (check_release([under(releases=releases)], kind=kind) == ()) is goes


def test_every_feed_must_let_it_out() -> None:
    (problem,) = check_release([under(), under("health", releases="nothing")], kind="totals")

    assert problem.what == "The agreement for the feed health lets no totals out."


@pytest.mark.parametrize(
    ("recipients", "to", "goes"),
    [
        ([], "Evaluator", True),
        ([], "Newspaper", False),
        (["Newspaper"], "Newspaper", True),
        (["Newspaper"], "Evaluator", False),
    ],
)
def test_only_a_recipient_that_is_named_may_have_it(
    recipients: list[str], to: str, goes: bool
) -> None:
    found = check_release([under(recipients=recipients)], kind="totals", recipient=to)

    assert (found == ()) is goes


def test_public_data_may_go_to_anyone() -> None:
    assert check_release([PUBLIC], kind="person-rows", recipient="Newspaper") == ()


def test_rates_are_not_given_out_against_an_agreement(tmp_path: Path) -> None:
    example = Path(__file__).parents[3] / "examples" / "just-in-reach" / "deal.yaml"
    stated = example.read_text().replace("releases: person-rows", "releases: nothing", 1)
    (tmp_path / "deal.yaml").write_text(stated)

    with pytest.raises(Refusal) as refusal:
        equity(tmp_path, release=True)

    assert "lets no totals out" in refusal.value.problems[0].what


def a_deal_of(*sources: DataSource) -> Deal:
    return read_deal(EXAMPLE).model_copy(update={"data": sources})


def test_rows_of_people_are_kept_in_where_one_agreement_lets_totals_out_only() -> None:
    deal = a_deal_of(under(releases="person-rows"), under("health"))

    with pytest.raises(Refusal) as refusal:
        refuse_release(deal, kind="person-rows")

    (problem,) = refusal.value.problems
    assert problem.what.startswith("The agreement for the feed health lets no rows of people out")
    assert problem.where is not None
    assert problem.where.field == "data[1]"


def test_only_the_feeds_that_it_was_made_of_are_asked() -> None:
    deal = a_deal_of(under(releases="person-rows"), under("health"), PUBLIC)

    refuse_release(deal, kind="person-rows", feeds=["jail"])
    refuse_release(deal, kind="totals")
