"""Small made-up competitions, and scores written as a table.

a_solicitation(method="rank-sum")       three proposals, two criteria, three reviewers
scores("one: a 4 2, b 3 3")             reviewer one gave a 4 and 2, and b 3 and 3
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from payforsuccess.selection.rank import Ranking, ranking_of
from payforsuccess.selection.scores import Given
from payforsuccess.selection.solicitation import SolicitationFile

CRITERIA = ("need", "plan")
DAY = date(2026, 2, 10)


def a_solicitation(**changes: Any) -> SolicitationFile:
    """A competition of `a`, `b` and `c`, scored 0 to 4 on need (40 points) and plan (60)."""
    plain: dict[str, Any] = {
        "format": 1,
        "solicitation": "A made-up competition",
        "standing": "practice",
        "for": "concept",
        "issuer": "Example County",
        "weights_source": "Made up.",
        "stages": [
            {"name": "receive", "title": "Receive", "opens": "2026-01-01", "closes": "2026-02-01"}
        ],
        "opens_on": "2026-02-02",
        "scores_lock_on": "2026-03-01",
        "scale": 4,
        "criteria": [
            {"name": "need", "title": "Need", "points": 40},
            {"name": "plan", "title": "Plan", "points": 60},
        ],
        "method": "plain-average",
        "tie": "panel-vote",
        "panel": [a_reviewer(name) for name in ("one", "two", "three")],
        "proposals": [a_proposal(name) for name in ("a", "b", "c")],
    }
    return SolicitationFile.model_validate(plain | changes)


def a_reviewer(name: str, **changes: Any) -> dict[str, Any]:
    """A reviewer who declared no tie."""
    return {
        "name": name,
        "person": f"Reviewer {name}",
        "organisation": f"Office {name}",
        "declared": {"on": "2026-02-03"},
    } | changes


def a_proposal(name: str, **changes: Any) -> dict[str, Any]:
    """A proposal that came in time."""
    return {
        "name": name,
        "title": f"Proposal {name}",
        "by": f"Department {name}",
        "received_on": "2026-01-20",
    } | changes


def scores(*lines: str, criteria: tuple[str, ...] = CRITERIA) -> tuple[Given, ...]:
    """Scores by reviewer and proposal, one for each criterion in order."""
    given = []
    for line in lines:
        reviewer, _, told = line.partition(":")
        for part in told.split(","):
            proposal, *values = part.split()
            given += [
                Given(reviewer, proposal, criterion, Fraction(value), DAY)
                for criterion, value in zip(criteria, values, strict=True)
            ]
    return tuple(given)


def places(ranking: Ranking) -> dict[str, int]:
    """Each ranked proposal's place."""
    return {one.proposal: one.place for one in ranking.ranked}


def ranked(given: tuple[Given, ...], **changes: Any) -> Ranking:
    """The ranking of the small competition with some of its terms changed."""
    return ranking_of(a_solicitation(**changes), given, ())
