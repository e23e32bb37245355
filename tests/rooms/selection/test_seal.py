"""Terms are sealed before proposals are opened, and do not change afterwards."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from payforsuccess.selection.seal import (
    KeptSeal,
    check_seal,
    seal_of,
    sealed_terms,
    standing_seals,
    told_of_seals,
)
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
    found = [each.what for each in check_seal(sealed(criteria=CHANGED_CRITERIA), (kept(),))]
    assert found == [
        "`criteria[0].points` is not as it was sealed.",
        "`criteria[1].points` is not as it was sealed.",
    ]


def kept(number: int = 1, on: str = "2025-12-20", **changes: Any) -> KeptSeal:
    solicitation = a_solicitation(**changes)
    return KeptSeal(
        number, seal_of(solicitation), date.fromisoformat(on), sealed_terms(solicitation)
    )


def said(solicitation: SolicitationFile, *seals: KeptSeal) -> list[str]:
    return [each.what for each in check_seal(solicitation, seals)]


ANEW = {"criteria": CHANGED_CRITERIA, "sealed": kept(criteria=CHANGED_CRITERIA).checksum}


def test_the_terms_kept_first_count_whatever_seal_the_file_names() -> None:
    """R56: terms changed after opening and sealed again are not those that were sealed."""
    assert said(sealed(**ANEW), kept()) == [
        "Other terms were sealed and kept on 2025-12-20, and those count.",
        "`criteria[0].points` is not as it was sealed.",
        "`criteria[1].points` is not as it was sealed.",
    ]


@pytest.mark.parametrize("on", ["2025-12-20", "2026-02-02", "2026-03-01"])
def test_a_second_seal_of_the_same_day_or_after_opening_does_not_count(on: str) -> None:
    found = said(sealed(**ANEW), kept(), kept(2, on, criteria=CHANGED_CRITERIA))
    assert "sealed and kept on 2025-12-20, and those count" in found[0]


def test_a_later_opening_in_the_second_seal_does_not_make_room_for_a_third() -> None:
    """The second was kept after the first one's opening, so it never stood."""
    later = {"opens_on": "2026-03-01"}
    seals = (kept(), kept(2, "2026-02-10", **later), kept(3, "2026-02-11", scale=5, **later))
    assert [each.number for each in standing_seals(seals)] == [1]


def test_a_second_seal_before_opening_counts_from_its_own_day_and_is_told() -> None:
    seals = (kept(), kept(2, "2026-01-05", criteria=CHANGED_CRITERIA))
    assert said(sealed(**ANEW, sealed_on="2026-01-05"), *seals) == []
    (early,) = said(sealed(**ANEW), *seals)
    assert early == (
        "The terms were sealed anew on 2026-01-05, and `sealed_on` says 2025-12-20, when other "
        "terms stood."
    )
    assert "sealed and kept on 2026-01-05, and those count" in said(sealed(), *seals)[0]
    (told,) = told_of_seals(seals)
    assert "sealed anew on 2026-01-05: `criteria[0].points`, `criteria[1].points`" in told.what


def test_a_seal_kept_only_after_opening_counts_and_is_told() -> None:
    late = kept(on="2026-02-02")
    assert said(sealed(), late) == []
    (told,) = told_of_seals((late,))
    assert "kept beside the file on 2026-02-02 only" in told.what


@pytest.mark.parametrize("on", ["2026-02-02", "2026-02-03"])
def test_a_seal_of_the_day_of_opening_or_later_is_refused(on: str) -> None:
    (problem,) = check_seal(sealed(sealed_on=on))
    assert "sealed on" in problem.what


@pytest.mark.parametrize("missing", ["sealed", "sealed_on"])
def test_terms_without_a_seal_are_refused(missing: str) -> None:
    (problem,) = check_seal(sealed(**{missing: None}))
    assert "not sealed" in problem.what
