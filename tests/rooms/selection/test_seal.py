"""Terms are sealed before proposals are opened, and do not change afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from payforsuccess.selection.seal import check_seal, seal_of, sealed_terms
from payforsuccess.selection.solicitation import SolicitationFile
from tests.lib.competitions import a_proposal, a_reviewer, a_solicitation

SEAL = seal_of(a_solicitation())
CHANGED_CRITERIA = [
    {"name": "need", "title": "Need", "points": 45},
    {"name": "plan", "title": "Plan", "points": 55},
]


def sealed(**changes: Any) -> SolicitationFile:
    return a_solicitation(**({"sealed": SEAL, "sealed_on": "2025-12-20"} | changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"proposals": [a_proposal("z", cost=3)]},
        {"panel": [a_reviewer(name, declared=None) for name in ("one", "two", "three")]},
        {"panel": [a_reviewer(name, away="Ill.") for name in ("one", "two", "three")]},
        {"barred": [{"who": "A", "why": "drafted", "says": "Wrote it."}]},
        {"conflicts": [{"of": "A", "kind": "unequal-access"}]},
        {"costs_opened_on": "2026-03-02"},
        {"intent_on": "2026-03-05"},
    ],
)
def test_what_comes_later_leaves_the_seal_whole(changes: dict[str, Any]) -> None:
    assert not list(check_seal(sealed(**changes)))


@pytest.mark.parametrize(
    "changes",
    [
        {"criteria": CHANGED_CRITERIA},
        {"method": "rank-sum"},
        {"scale": 5},
        {"drops_high_and_low": True},
        {"tie": "lot", "tie_lot_seed": "heads"},
        {"scores_lock_on": "2026-04-01"},
        {"protest_days": 3},
        {"panel": [a_reviewer("one"), a_reviewer("two")]},
        {"checks": [{"name": "signed", "says": "It is signed."}]},
    ],
)
def test_terms_that_changed_break_the_seal(changes: dict[str, Any]) -> None:
    (problem,) = check_seal(sealed(**changes))
    assert "not those that were sealed" in problem.what


def test_what_changed_is_named_where_the_terms_were_kept() -> None:
    kept = sealed_terms(a_solicitation())
    found = [each.what for each in check_seal(sealed(criteria=CHANGED_CRITERIA), kept)]
    assert found == [
        "`criteria[0].points` is not as it was sealed.",
        "`criteria[1].points` is not as it was sealed.",
    ]


def test_kept_terms_that_are_not_those_sealed_name_nothing() -> None:
    other = sealed_terms(a_solicitation(scale=5))
    (problem,) = check_seal(sealed(scale=6), other)
    assert "not those that were sealed" in problem.what


@pytest.mark.parametrize("on", ["2026-02-02", "2026-02-03"])
def test_a_seal_of_the_day_of_opening_or_later_is_refused(on: str) -> None:
    (problem,) = check_seal(sealed(sealed_on=on))
    assert "sealed on" in problem.what


@pytest.mark.parametrize("missing", ["sealed", "sealed_on"])
def test_terms_without_a_seal_are_refused(missing: str) -> None:
    (problem,) = check_seal(sealed(**{missing: None}))
    assert "not sealed" in problem.what
