"""What a set of criteria, a concept and a solicitation must say."""

from __future__ import annotations

import pytest

from payforsuccess.deal.reading.reader import read_whole
from payforsuccess.errors import Refusal
from payforsuccess.selection.criteria import CriteriaSet
from payforsuccess.selection.solicitation import SolicitationFile

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
