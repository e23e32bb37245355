"""How ready a concept is: total, band, knock-outs, evidence, and how far assessors differ."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from fractions import Fraction

from payforsuccess.deal.nearest import nearest
from payforsuccess.errors import Problem
from payforsuccess.selection.concept import ConceptFile, Score
from payforsuccess.selection.criteria import Band, CriteriaSet, Criterion


@dataclass(frozen=True)
class CriterionFound:
    """What the assessors say of one criterion.

    mean: of their scores. lowest and highest: of the same. is_good: whether at least half of those
    who scored it saw evidence of a good grade. is_below_floor: the mean lies below the floor.
    below: assessors whose own score lies below the floor, whatever the mean.
    """

    criterion: Criterion
    scores: tuple[Score, ...]
    mean: Fraction
    lowest: int
    highest: int
    is_good: bool
    is_below_floor: bool
    below: tuple[str, ...] = ()

    @property
    def spread(self) -> int:
        """Between the highest and the lowest score."""
        return self.highest - self.lowest


@dataclass(frozen=True)
class Readiness:
    """A concept as its assessors see it, by one version of a set of criteria.

    total: 0 to 100, the sum of weight times mean score over the top of the scale. good_share: the
    share of weight that rests on good evidence. by_assessor: each one's own total. knock_outs: why
    it is not suitable whatever the total; a band never overrides one.
    """

    concept: ConceptFile
    criteria: CriteriaSet
    found: tuple[CriterionFound, ...]
    total: Fraction
    band: Band
    good_share: Fraction
    knock_outs: tuple[str, ...]
    by_assessor: tuple[tuple[str, Fraction], ...]

    @property
    def is_suitable(self) -> bool:
        """No knock-out, and a band that passes."""
        return not self.knock_outs and self.band.is_ready == "yes"

    @property
    def standing(self) -> str:
        """The result in words; "ready" says nothing of a path to contract and finance (R33)."""
        if self.knock_outs:
            return "Not suitable"
        return self.band.title

    @property
    def spread(self) -> Fraction:
        """Between the highest and the lowest assessor's total."""
        totals = [total for _, total in self.by_assessor]
        return max(totals) - min(totals)

    @property
    def doubts(self) -> tuple[CriterionFound, ...]:
        """Criteria that some assessor puts below their floor, while the mean is not below it."""
        return tuple(one for one in self.found if one.below and not one.is_below_floor)

    @property
    def weak(self) -> tuple[CriterionFound, ...]:
        """Those below the middle of the scale or some assessor's floor, the heaviest loss first."""
        middle = Fraction(len(self.criteria.scale) - 1, 2)
        top = len(self.criteria.scale) - 1
        weak = [one for one in self.found if one.mean < middle or one.is_below_floor or one.below]
        return tuple(sorted(weak, key=lambda one: -one.criterion.weight * (top - one.mean)))


def check_assessments(concept: ConceptFile, criteria: CriteriaSet) -> Iterator[Problem]:
    """Criteria scored that the set does not have, criteria left out, scores above the scale."""
    names = [criterion.name for criterion in criteria.criteria]
    top = len(criteria.scale) - 1
    if not concept.assessments:
        yield Problem(
            "Nobody has assessed the concept.",
            "Add an assessment under `assessments`.",
            concept.place_of("assessments"),
        )
    if len({each.assessor.casefold() for each in concept.assessments}) < len(concept.assessments):
        yield Problem(
            "One assessor stands twice.",
            "Keep the later assessment; put an earlier one in a file of its own.",
            concept.place_of("assessments"),
        )
    for number, assessment in enumerate(concept.assessments):
        for at, score in enumerate(assessment.scores):
            where = concept.place_of("assessments", number, "scores", at)
            if score.criterion not in names:
                close = nearest(score.criterion, names)
                yield Problem(
                    f"`{score.criterion}` is no criterion of {criteria.name}, version "
                    f"{criteria.version}.",
                    f"Did you mean `{close}`?" if close else f"Use one of: {', '.join(names)}.",
                    where,
                )
            if score.score > top:
                yield Problem(
                    f"The score {score.score} lies above the scale, which ends at {top}.",
                    f"Write 0 to {top}.",
                    where,
                )
        scored = {score.criterion for score in assessment.scores}
        left_out = [name for name in names if name not in scored]
        if left_out:
            yield Problem(
                f"An assessor left {len(left_out)} of {len(names)} criteria out: "
                f"{', '.join(left_out)}.",
                "Score every criterion; 0 means that it is absent.",
                concept.place_of("assessments", number, "scores"),
            )


def readiness_of(concept: ConceptFile, criteria: CriteriaSet) -> Readiness:
    """The readiness of a concept whose assessments passed `check_assessments`.

    Computed from what is stored alone: an old assessment by an old version gives what it gave.
    """
    top = len(criteria.scale) - 1
    good = {grade.name for grade in criteria.grades if grade.is_good == "yes"}
    found = tuple(_found(criterion, concept, good) for criterion in criteria.criteria)
    total = sum((one.criterion.weight * one.mean / top for one in found), Fraction(0))
    totals = tuple(
        (
            assessment.assessor,
            sum(
                (
                    criterion.weight * score.score / top
                    for criterion in criteria.criteria
                    for score in assessment.scores
                    if score.criterion == criterion.name
                ),
                Fraction(0),
            ),
        )
        for assessment in concept.assessments
    )
    knock_outs = tuple(
        f"{one.criterion.title}: {float(one.mean):.2f} is below {one.criterion.floor}"
        for one in found
        if one.is_below_floor
    )
    if concept.aim == "remedial":
        knock_outs = ("Remedial only: an initiative must be preventive", *knock_outs)
    return Readiness(
        concept,
        criteria,
        found,
        total,
        [band for band in criteria.bands if band.from_ <= total][-1],
        sum((one.criterion.weight for one in found if one.is_good), Fraction(0)) / 100,
        knock_outs,
        totals,
    )


def _found(criterion: Criterion, concept: ConceptFile, good: Set[str]) -> CriterionFound:
    scores = tuple(
        score
        for assessment in concept.assessments
        for score in assessment.scores
        if score.criterion == criterion.name
    )
    values = [score.score for score in scores]
    mean = Fraction(sum(values), len(values))
    return CriterionFound(
        criterion,
        scores,
        mean,
        min(values),
        max(values),
        2 * sum(score.grade in good for score in scores) >= len(scores),
        criterion.floor is not None and mean < criterion.floor,
        tuple(
            assessment.assessor
            for assessment in concept.assessments
            for score in assessment.scores
            if score.criterion == criterion.name
            and criterion.floor is not None
            and score.score < criterion.floor
        ),
    )
