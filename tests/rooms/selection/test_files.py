"""What a set of criteria, a concept and a solicitation must say."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from payforsuccess.deal.reading.reader import read_whole
from payforsuccess.errors import Refusal
from payforsuccess.selection.criteria import CriteriaSet
from payforsuccess.selection.solicitation import SolicitationFile
from tests.lib.competitions import a_solicitation

SET = """\
format: 1
name: two
version: 1
title: Two criteria
says: Made up for a test.
scale: [none, some, all]
grades: [{name: A, says: a study, is_good: "yes"}]
bands: [{from: 0, name: not-ready, title: Not ready, is_ready: "no"}]
criteria:
- {name: c1, title: One, kind: operational, weight: 60, floor: 1, says: a, evidence: b,
   advice: c, basis: d}
- {name: c2, title: Two, kind: programmatic, weight: 40, says: a, evidence: b,
   advice: c, basis: d}
"""
SOLICITATION = """\
format: 1
solicitation: A made-up competition
standing: illustrative
for: concept
issuer: Example County
weights_source: Made up.
stages: [{name: receive, title: Receive, opens: 2026-01-01, closes: 2026-02-01}]
opens_on: 2026-02-02
scores_lock_on: 2026-03-01
scale: 4
criteria: [{name: need, title: Need, points: 100}]
method: plain-average
tie: panel-vote
"""


def test_weights_that_do_not_add_up_to_100_are_refused() -> None:
    with pytest.raises(Refusal, match="add up to 90"):
        read_whole(CriteriaSet, SET.replace("weight: 40", "weight: 30"), file="two.yaml")


def test_a_floor_above_the_scale_is_refused() -> None:
    with pytest.raises(Refusal, match="above the scale"):
        read_whole(CriteriaSet, SET.replace("floor: 1", "floor: 3"), file="two.yaml")


def test_a_tie_by_criterion_names_the_criterion() -> None:
    text = SOLICITATION.replace("tie: panel-vote", "tie: highest-on-criterion")
    with pytest.raises(Refusal, match="names the criterion"):
        read_whole(SolicitationFile, text, file="solicitation.yaml")


def test_a_whole_solicitation_is_read() -> None:
    assert read_whole(SolicitationFile, SOLICITATION, file="s.yaml").for_ == "concept"


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        ("tie: panel-vote", "tie: panel-vote\ndrops_high_and_low: true", ""),
        ("plain-average", "rank-sum\ndrops_high_and_low: true", "of an average only"),
        ("tie: panel-vote", "tie: lot", "seed published before"),
        ("panel-vote", "highest-on-criterion\ntie_criterion: ned", "not one that is scored"),
        ("2026-03-01", "2026-02-01", "locked before proposals are opened"),
        ("scale: 4", "scale: 4\nanchors: [none, all]", "2 are put into words"),
        ("opens_on: 2026-02-02", "opens_on: 2026-02-02\ndue_on: 2026-02-03", "the last is due"),
        ("closes: 2026-02-01", "closes: 2025-02-01", "ends before it begins"),
        ("points: 100", "points: 0", "No criterion that is scored"),
        (
            "points: 100}",
            "points: 9}, {name: a, title: A, points: 1, is_cost: true}, "
            "{name: b, title: B, points: 1, is_cost: true}",
            "Two criteria are the cost",
        ),
    ],
)
def test_terms_that_do_not_hang_together_are_refused(was: str, now: str, says: str) -> None:
    assert was in SOLICITATION
    text = SOLICITATION.replace(was, now)
    if not says:
        assert read_whole(SolicitationFile, text, file="s.yaml").drops_high_and_low
        return
    with pytest.raises(Refusal, match=says):
        read_whole(SolicitationFile, text, file="s.yaml")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"protest_days": "99999999"}, "more than ten years"),
        ({"intent_on": "9999-12-30"}, "too far ahead"),
    ],
)
def test_days_beyond_every_calendar_are_refused(changes: dict[str, str], says: str) -> None:
    """R19: days of protest that no calendar holds are a mistake in the file."""
    with pytest.raises(ValidationError, match=says):
        a_solicitation(**changes)
