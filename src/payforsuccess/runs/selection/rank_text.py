"""A ranking as text for the terminal, and as plain values for a program and for the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from payforsuccess.errors import Finding
from payforsuccess.reports.firmness import said_of_draws, said_without
from payforsuccess.runs.columns import in_columns
from payforsuccess.runs.selection.solicitations import RankedSolicitation
from payforsuccess.selection.held import KeptRanking
from payforsuccess.selection.solicitation import SolicitationFile
from payforsuccess.selection.stored import as_exact, score_text
from payforsuccess.units import exact_text

if TYPE_CHECKING:
    from payforsuccess.selection.sensitivity import Firmness

MOST_FILES = 12


def text_of(
    found: RankedSolicitation,
    firmness: Firmness | None,
    findings: Sequence[Finding],
    holds: Sequence[str],
    written: Sequence[Path],
    *,
    on: date,
) -> str:
    """What `pfs rank` prints. on: the day for which it is told."""
    solicitation, ranking = found.solicitation, found.ranking
    lines = [
        f"{solicitation.solicitation} ({solicitation.standing}), a competition for "
        f"{'capital' if solicitation.for_ == 'capital' else _one(solicitation.for_)}",
        f"Method: {method_text(solicitation)}. Weights: {solicitation.weights_source}",
        f"Sealed on {solicitation.sealed_on}, before the opening on {solicitation.opens_on}; "
        f"scores locked after {solicitation.scores_lock_on}",
        "",
    ]
    wins = dict(firmness.wins) if firmness else {}
    rows = [("", "proposal", "by", "score", "reviewers", "first in draws")]
    rows += [
        (
            str(one.place),
            one.proposal,
            solicitation.proposal(one.proposal).by,
            score_text(one.score),
            _range(one.by_reviewer),
            f"{wins[one.proposal]:.1%}" if one.proposal in wins else "-",
        )
        for one in ranking.ranked
    ]
    lines += in_columns(rows, right=(0, 3, 4, 5)) if ranking.ranked else [_nothing(found)]
    ties = list(dict.fromkeys(f"{one.proposal}: {one.tie}" for one in ranking.ranked if one.tie))
    for title, told in (
        ("Ties", ties),
        ("Kept before", [_kept(each) for each in found.superseded]),
        ("Left out", [f"{one.proposal}: {one.reason}" for one in ranking.left_out]),
        ("How firm it is", _firm(firmness, ranking.ranked != ())),
        ("To know", [str(each) for each in findings]),
        ("Award", _award(solicitation, holds, on)),
    ):
        lines += ["", title, *(f"  {each}" for each in told)] if told else []
    lines += ["", f"Checksum of the ranking  {found.checksum}"]
    return "\n".join([*lines, *_written(written)])


def _kept(before: KeptRanking) -> str:
    return (
        f"On {before.made_on}, first: {' and '.join(before.first) or 'nothing'}; it stays on file "
        f"as {before.checksum}"
    )


def _written(written: Sequence[Path]) -> list[str]:
    """Each file; of many in one folder their number."""
    by_folder = Counter(each.parent for each in written)
    alone = [f"Written  {each}" for each in written if by_folder[each.parent] <= MOST_FILES]
    many = [
        f"Written  {count} files in {folder}"
        for folder, count in by_folder.items()
        if count > MOST_FILES
    ]
    return alone + many


def plain_of(found: RankedSolicitation, firmness: Firmness | None) -> dict[str, object]:
    """The ranking with exact scores."""
    solicitation, ranking = found.solicitation, found.ranking
    return {
        "solicitation": solicitation.solicitation,
        "standing": solicitation.standing,
        "for": solicitation.for_,
        "method": solicitation.method,
        "sealed": solicitation.sealed,
        "checksum": found.checksum,
        "ranked": [
            {
                "place": one.place,
                "proposal": one.proposal,
                "by": solicitation.proposal(one.proposal).by,
                "score": as_exact(one.score),
                "reviewers": {name: exact_text(total) for name, total in one.by_reviewer},
                "tie": one.tie,
            }
            for one in ranking.ranked
        ],
        "left_out": [{"proposal": one.proposal, "reason": one.reason} for one in ranking.left_out],
        "scores_taken_out": ranking.taken_out,
        "kept_before": [
            {
                "made_on": each.made_on.isoformat(),
                "first": list(each.first),
                "checksum": each.checksum,
            }
            for each in found.superseded
        ],
        "is_open": ranking.is_open,
        "firmness": None
        if firmness is None
        else {
            "draws": firmness.draws,
            "weights_move_by": firmness.bounds.weight,
            "scores_move_by": firmness.bounds.score,
            "is_each_score_moved": firmness.is_each_moved,
            "first_in": dict(firmness.wins),
            "first_without": {name: list(others) for name, others in firmness.without},
        },
        "award": solicitation.award.as_plain() if solicitation.award else None,
    }


def method_text(solicitation: SolicitationFile) -> str:
    """The method with what goes with it."""
    points = sum((each.points for each in solicitation.criteria), Fraction(0))
    drops = ", the highest and lowest left out" if solicitation.drops_high_and_low else ""
    return (
        f"{solicitation.method.replace('-', ' ')}{drops}; {len(solicitation.criteria)} criteria, "
        f"{exact_text(points)} points, scores 0 to {solicitation.scale}, "
        f"{len(solicitation.panel)} reviewers"
    )


def _nothing(found: RankedSolicitation) -> str:
    if not found.given:
        return "There are no scores yet, so nothing is ranked; what cannot be looked at is below."
    return "Nothing is ranked."


def _award(solicitation: SolicitationFile, holds: Sequence[str], on: date) -> list[str]:
    award = solicitation.award
    if award is None or award.on > on:
        told = [f"None yet; {each}." for each in holds] or ["None yet; nothing holds it."]
        if award is not None:
            told.append(f"The file holds one of a later day: {award.proposal}, {award.on}.")
        return told
    told = [f"{award.proposal}, decided by {award.decided_by} on {award.on}: {award.reasons}"]
    if award.why_not_first:
        told.append(f"Why not the one ranked first: {award.why_not_first}")
    if award.panel_vote:
        told.append(f"The tie: {award.panel_vote}")
    return told


def _firm(firmness: Firmness | None, is_ranked: bool) -> list[str]:
    if firmness is None:
        why = "no draws were asked for, or the extra `analysis` is not installed"
        return [f"Not drawn: {why}."] if is_ranked else []
    return [said_of_draws(firmness), *said_without(firmness, names_reviewers=True)]


def _range(by_reviewer: Sequence[tuple[str, object]]) -> str:
    values = sorted(float(value) for _, value in by_reviewer)  # type: ignore[arg-type]
    return f"{values[0]:.1f} to {values[-1]:.1f}"


def _one(sought: str) -> str:
    return f"{'an' if sought[0] in 'aeiou' else 'a'} {sought}"
