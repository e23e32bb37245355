"""What a ranking rests on, as plain values: the same again from them, and one checksum for all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from payforsuccess.selection.panel import Barred
from payforsuccess.selection.rank import Ranking
from payforsuccess.selection.scores import Given, scores_checksum
from payforsuccess.selection.seal import sealed_terms
from payforsuccess.selection.solicitation import SolicitationFile
from payforsuccess.trail import fingerprint
from payforsuccess.units import exact, exact_text


def ranking_checksum(
    solicitation: SolicitationFile,
    given: Sequence[Given],
    barred: Sequence[Barred],
    ranking: Ranking,
) -> str:
    """Names a ranking by all that went in and by what came out.

    In: the sealed terms, proposals, declarations, who is barred, every score with what is said of
    it. Not the award or what is said of the protests, which come after.
    """
    return fingerprint(what_it_rests_on(solicitation, given, barred, ranking))


def what_it_rests_on(
    solicitation: SolicitationFile,
    given: Sequence[Given],
    barred: Sequence[Barred],
    ranking: Ranking,
) -> dict[str, object]:
    """What the checksum of a ranking is taken of, as it is kept; of scores only their checksum."""
    opened = solicitation.costs_opened_on
    return {
        "terms": sealed_terms(solicitation),
        "proposals": [each.as_plain() for each in solicitation.proposals],
        "panel": [each.as_plain() for each in solicitation.panel],
        "barred": sorted(fingerprint(each.as_plain()) for each in barred),
        "costs_opened_on": None if opened is None else opened.isoformat(),
        "scores": scores_checksum(given),
        "ranked": [[each.place, each.proposal] for each in ranking.ranked],
        "left_out": [[each.proposal, each.reason] for each in ranking.left_out],
    }


def scores_as_plain(given: Iterable[Given]) -> list[dict[str, str]]:
    """Scores as they are kept, in one order."""
    kept = [
        {
            "reviewer": one.reviewer,
            "proposal": one.proposal,
            "criterion": one.criterion,
            "score": str(one.score),
            "entered_on": one.entered_on.isoformat(),
            "first": "" if one.first is None else str(one.first),
            "reason": one.reason,
            "comment": one.comment,
        }
        for one in given
    ]
    return sorted(kept, key=lambda one: (one["reviewer"], one["proposal"], one["criterion"]))


def scores_from_plain(kept: Iterable[Mapping[str, str]]) -> tuple[Given, ...]:
    """The scores that `scores_as_plain` gave; ValueError or KeyError for anything else."""
    return tuple(
        Given(
            one["reviewer"],
            one["proposal"],
            one["criterion"],
            exact(one["score"]),
            date.fromisoformat(one["entered_on"]),
            exact(one["first"]) if one["first"] else None,
            one["reason"],
            one["comment"],
        )
        for one in kept
    )


def score_text(score: Fraction | float) -> str:
    """A score of the ranking to two places, as people read it."""
    return f"{float(score):.2f}"


def as_exact(score: Fraction | float) -> str:
    """An exact score as exact text; a float to twelve digits."""
    return exact_text(score) if isinstance(score, Fraction) else f"{score:.12g}"
