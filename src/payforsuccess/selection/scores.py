"""Scores as reviewers gave them: first and final, with the reason for a change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from payforsuccess.deal.nearest import nearest
from payforsuccess.errors import Place, Problem
from payforsuccess.selection.solicitation import SolicitationFile


@dataclass(frozen=True)
class Given:
    """One reviewer's score for one criterion of one proposal.

    score: the final one, on the solicitation's scale. first: what it was before the panel talked.
    reason: why it was changed. entered_on: the day of the final score.
    """

    reviewer: str
    proposal: str
    criterion: str
    score: Fraction
    entered_on: date
    first: Fraction | None = None
    reason: str = ""
    comment: str = ""
    where: Place = field(default_factory=Place)


def check_scores(given: Iterable[Given], solicitation: SolicitationFile) -> Iterator[Problem]:
    """Names that are unknown, scores off the scale, twice, missing, changed unsaid or too late."""
    known = {
        "reviewer": [each.name for each in solicitation.panel],
        "proposal": [each.name for each in solicitation.proposals],
        "criterion": [each.name for each in solicitation.criteria if not each.is_cost],
    }
    seen: set[tuple[str, str, str]] = set()
    for one in given:
        unknown = False
        for kind, name in (
            ("reviewer", one.reviewer),
            ("proposal", one.proposal),
            ("criterion", one.criterion),
        ):
            if name not in known[kind]:
                unknown = True
                close = nearest(name, known[kind])
                yield Problem(
                    f"`{name}` is no {kind} of this solicitation.",
                    f"Did you mean `{close}`?" if close else f"Use one of: {_few(known[kind])}.",
                    one.where,
                )
        if not 0 <= one.score <= solicitation.scale:
            yield Problem(
                f"A score lies off the scale, which runs from 0 to {solicitation.scale}.",
                "Correct the score.",
                one.where,
            )
        if one.first is not None and one.first != one.score and not one.reason:
            yield Problem(
                "A score was changed after the discussion without a reason.",
                "Give the reason; both scores are kept.",
                one.where,
            )
        if one.entered_on > solicitation.scores_lock_on:
            yield Problem(
                f"A score was entered on {one.entered_on}, after the scores were locked on "
                f"{solicitation.scores_lock_on}.",
                "Take it out: late scores are refused, and this one stays shown.",
                one.where,
            )
        if one.entered_on < solicitation.opens_on:
            yield Problem(
                f"A score was entered on {one.entered_on}, before the opening.",
                "Correct the day.",
                one.where,
            )
        key = (one.reviewer, one.proposal, one.criterion)
        if key in seen and not unknown:
            yield Problem(
                "One reviewer scored one criterion of a proposal twice.", "Keep one.", one.where
            )
        seen.add(key)


def missing_scores(
    given: Iterable[Given], solicitation: SolicitationFile, *, recused: set[tuple[str, str]]
) -> Iterator[tuple[str, str, int]]:
    """Reviewer, proposal and how many criteria are not scored, but for those recused."""
    names = [each.name for each in solicitation.criteria if not each.is_cost]
    counts: dict[tuple[str, str], set[str]] = {}
    for one in given:
        counts.setdefault((one.reviewer, one.proposal), set()).add(one.criterion)
    for reviewer in solicitation.panel:
        for proposal in solicitation.proposals:
            pair = (reviewer.name, proposal.name)
            if pair in recused:
                continue
            left = len(set(names) - counts.get(pair, set()))
            if left:
                yield (*pair, left)


def _few(names: list[str]) -> str:
    return ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
