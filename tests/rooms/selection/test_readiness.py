"""Readiness: totals, bands, knock-outs, evidence and spread (R4, R22, R32)."""

from __future__ import annotations

from fractions import Fraction
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.deal.reading.reader import read_whole
from payforsuccess.reports.readiness import readiness_document
from payforsuccess.reports.text import write_text
from payforsuccess.selection.concept import ConceptFile
from payforsuccess.selection.criteria import CriteriaSet
from payforsuccess.selection.readiness import Readiness, check_assessments, readiness_of

SHIPPED = files("payforsuccess.selection") / "sets" / "pay-for-success-1.yaml"


@pytest.fixture(scope="module")
def criteria() -> CriteriaSet:
    return read_whole(CriteriaSet, SHIPPED.read_bytes(), file=SHIPPED.name)


def concept(*scores: tuple[int, ...], aim: str = "preventive", grade: str = "B") -> ConceptFile:
    """A made-up concept; each tuple is one assessor's scores for c1, c2, ..."""
    return ConceptFile.model_validate(
        {
            "format": 1,
            "concept": "Made up",
            "standing": "illustrative",
            "department": "Health",
            "population": "People",
            "intervention": "Housing",
            "policy_areas": ["public-safety"],
            "aim": aim,
            "criteria": "pay-for-success",
            "criteria_version": 1,
            "assessments": [
                {
                    "assessor": f"Assessor {number}",
                    "organisation": "Example County",
                    "on": "2026-01-05",
                    "scores": [
                        {"criterion": f"c{at}", "score": score, "grade": grade, "evidence": "seen"}
                        for at, score in enumerate(each, 1)
                    ],
                }
                for number, each in enumerate(scores, 1)
            ],
        }
    )


def found(criteria: CriteriaSet, *scores: tuple[int, ...], **more: str) -> Readiness:
    return readiness_of(concept(*scores, **more), criteria)


def test_the_shipped_set_holds_criteria_of_both_groups(criteria: CriteriaSet) -> None:
    """R22: operational and programmatic, each with definition, evidence asked for and scale."""
    assert len(criteria.criteria) == 20
    assert {each.kind for each in criteria.criteria} == {"operational", "programmatic"}
    assert all(each.says and each.evidence and each.advice for each in criteria.criteria)
    assert len(criteria.scale) == 5
    assert "proposal" in criteria.says


@pytest.mark.parametrize(
    ("score", "total", "band"),
    [(4, 100, "ready-for-structuring"), (3, 75, "ready-for-feasibility"), (2, 50, "develop")],
)
def test_one_score_for_all_gives_its_share_of_100(
    criteria: CriteriaSet, score: int, total: int, band: str
) -> None:
    one = found(criteria, (score,) * 20)
    assert (one.total, one.band.name, one.knock_outs) == (total, band, ())


def test_a_knock_out_makes_it_unsuitable_whatever_the_total(criteria: CriteriaSet) -> None:
    one = found(criteria, (4, 4, 1, *(4,) * 17))
    assert one.total > 85
    assert not one.is_suitable
    assert one.standing == "Not suitable"
    assert one.knock_outs == ("Evidence of effect: 1.00 is below 2",)


def test_an_assessor_below_a_floor_is_told_though_the_mean_is_not(criteria: CriteriaSet) -> None:
    """R32: 0 and 4 have a mean at the floor; nothing is knocked out, and the doubt is shown."""
    floors = [at for at, each in enumerate(criteria.criteria) if each.floor is not None]
    doubting = tuple(0 if at in floors else 4 for at in range(20))
    result = found(criteria, doubting, (4,) * 20)
    assert not result.knock_outs
    assert [one.criterion for one in result.doubts] == [criteria.criteria[at] for at in floors]
    assert {one.below for one in result.doubts} == {("Assessor 1",)}
    assert set(result.doubts) <= set(result.weak)
    shown = write_text(readiness_document(result))
    assert "below the floor of 2 by Assessor 1; the mean is 2.00" in " ".join(shown.split())
    assert not found(criteria, (4,) * 20).doubts


def test_a_remedial_concept_is_knocked_out(criteria: CriteriaSet) -> None:
    """R4: an intervention must be preventive, whatever its score elsewhere."""
    one = found(criteria, (4,) * 20, aim="remedial")
    assert not one.is_suitable
    assert one.knock_outs[0].startswith("Remedial only")


def test_assessors_are_shown_with_their_spread(criteria: CriteriaSet) -> None:
    one = found(criteria, (4,) * 20, (2,) * 20)
    assert [total for _, total in one.by_assessor] == [100, 50]
    assert one.spread == 50
    assert one.total == 75
    assert {each.spread for each in one.found} == {2}


@pytest.mark.parametrize(("grade", "share"), [("A", 1), ("B", 1), ("C", 0), ("D", 0)])
def test_only_grades_a_and_b_are_good_evidence(
    criteria: CriteriaSet, grade: str, share: int
) -> None:
    assert found(criteria, (3,) * 20, grade=grade).good_share == share


def test_weak_points_come_with_the_heaviest_loss_first(criteria: CriteriaSet) -> None:
    one = found(criteria, (4, 4, 1, 4, 4, 4, 4, 1, *(4,) * 12))
    assert [each.criterion.name for each in one.weak] == ["c3", "c8"]


@given(st.lists(st.tuples(*[st.integers(0, 4)] * 20), min_size=1, max_size=4))
def test_the_total_is_the_mean_of_the_assessors_totals(scores: list[tuple[int, ...]]) -> None:
    shipped = read_whole(CriteriaSet, SHIPPED.read_bytes(), file=SHIPPED.name)
    one = found(shipped, *scores)
    totals = [total for _, total in one.by_assessor]
    assert one.total == sum(totals, Fraction(0)) / len(totals)
    assert 0 <= one.total <= 100


@given(st.tuples(*[st.integers(0, 4)] * 20), st.integers(0, 19))
def test_a_better_score_never_lowers_the_total(scores: tuple[int, ...], at: int) -> None:
    shipped = read_whole(CriteriaSet, SHIPPED.read_bytes(), file=SHIPPED.name)
    better = (*scores[:at], min(scores[at] + 1, 4), *scores[at + 1 :])
    assert found(shipped, better).total >= found(shipped, scores).total


def test_what_is_wrong_with_scores_is_said_all_together(criteria: CriteriaSet) -> None:
    plain = concept((3,) * 18, (5,) * 20).model_dump(mode="json", by_alias=True)
    plain["assessments"][0]["scores"][0]["criterion"] = "c100"
    said = [each.what for each in check_assessments(ConceptFile.model_validate(plain), criteria)]
    assert any("`c100` is no criterion" in each for each in said)
    assert any("left 3 of 20 criteria out: c1, c19, c20" in each for each in said)
    assert sum("above the scale" in each for each in said) == 20


def test_a_concept_that_nobody_assessed_is_refused(criteria: CriteriaSet) -> None:
    (problem,) = check_assessments(concept(), criteria)
    assert "Nobody has assessed" in problem.what
