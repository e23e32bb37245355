"""What a match says of each feed, and where its misses are paid for."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from payforsuccess.deal.deal import Deal
from payforsuccess.records.link.quality import AtThreshold
from payforsuccess.runs.link.missed import missed_findings
from payforsuccess.runs.link.quality import MatchedFeed
from payforsuccess.runs.link.report import LinkReport
from tests.lib.deals import a_deal, a_term, an_outcome


def paid_for(kind: str = "event-absent", *, better: str = "higher", **measure: Any) -> Deal:
    """A deal that pays for an outcome of arrests in the jail's records."""
    plain = {
        "kind": kind,
        "event": "booking",
        "population": {"says": "Everyone enrolled"},
        "window": "12 months",
        "starts_at": "enrolment",
        "on_death": "censor",
        "on_move": "censor",
        "on_custody": "censor",
        "feeds": ["jail"],
        **measure,
    }
    return a_deal(
        payments=[a_term(pays_for="homes")],
        outcomes={
            "homes": an_outcome(
                "homes", measure=plain, better=better, no_success="0" if better == "higher" else "9"
            )
        },
    )


def fared(recall: str | None, feed: str = "jail") -> list[MatchedFeed]:
    """The anchor, and one feed of which the match estimates this recall."""
    estimated = AtThreshold(
        Decimal("0.9"), 80, Decimal("0.99"), None if recall is None else Decimal(recall)
    )
    return [
        MatchedFeed(("register",), 100, 0, 100, 0),
        MatchedFeed((feed,), 300, 80, 100, 80, estimated),
    ]


def test_misses_in_a_feed_whose_silence_pays_are_told() -> None:
    [finding] = missed_findings(paid_for(), fared("0.9364"))

    assert finding.topic == "linkage"
    assert finding.what == (
        "homes takes a person without a record in jail for a success, and about 6.36% of the "
        "matches there are missed by their own estimate: some who had the event may be paid for."
    )


def test_so_are_those_that_cannot_be_estimated() -> None:
    [finding] = missed_findings(paid_for(), fared(None))

    assert "cannot be estimated" in finding.what


@pytest.mark.parametrize(
    ("deal", "feeds"),
    [
        (paid_for(), fared("0.95")),
        (paid_for(), fared("0.5", feed="hmis")),
        (paid_for("event-count", counts="each"), fared("0.5")),
        (a_deal(), fared("0.5")),
    ],
    ids=["enough is found", "another feed", "a record pays", "nothing is measured"],
)
def test_elsewhere_nothing_is_said(deal: Deal, feeds: list[MatchedFeed]) -> None:
    assert missed_findings(deal, feeds) == []


def test_a_count_of_which_fewer_are_better_pays_for_misses_too() -> None:
    deal = paid_for("event-count", better="lower", counts="each")

    assert len(missed_findings(deal, fared("0.9"))) == 1


def test_recall_is_shown_feed_by_feed_to_people_and_to_programs() -> None:
    feeds = tuple(fared("0.9364"))
    report = LinkReport(
        fingerprint="sha256:1",
        folder=Path("out"),
        snapshot="sha256:2",
        feeds=feeds,
        compared=100,
        people=300,
        quality=AtThreshold(Decimal("0.9"), 80, Decimal("0.99"), Decimal("0.97")),
        others=(),
        waiting=None,
        refused=0,
        findings=(),
    )
    plain: Any = report.as_plain()["feeds"]

    assert "  jail: 80 of them found among 300 people, 80%; estimated recall 93.64%" in f"{report}"
    assert plain[0]["estimated"] is None
    assert plain[1]["estimated"]["recall"] == "0.9364"
