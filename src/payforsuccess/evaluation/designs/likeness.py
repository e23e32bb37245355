"""How like the people served a comparison group is, and what a reader should know of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from payforsuccess.deal.estimates import Overlap, OverlapBin
from payforsuccess.deal.evaluation import Matched
from payforsuccess.errors import Refusal
from payforsuccess.evaluation.comparison import (
    ComparedEffect,
    MatchBothWays,
    PropensityScore,
    TraitDifference,
    differences,
    fit_score,
    overlap_of,
)
from payforsuccess.evaluation.decimals import decimal_of
from payforsuccess.evaluation.designs.chosen import Chosen
from payforsuccess.evaluation.designs.sample import Floats, Sample

BINS = 20
"""Stretches of the score in the picture of overlap."""


def overlap_seen(
    plan: Matched, chosen: Chosen, effect: ComparedEffect
) -> tuple[Overlap, tuple[str, ...]]:
    """Counts by score, what the weights rest on, the match's fingerprint; and notes.

    An estimator without a score gets one fitted for the picture alone; where none can be fitted
    there is no picture, and a note says why.
    """
    treated, weights = chosen.pool.treated, effect.weights
    bins, notes = _picture(chosen)
    spread = effect.control_weights
    overlap = Overlap(
        bins=bins,
        pool=int((~treated).sum()),
        used=spread.people,
        unmatched=int((treated & (weights == 0)).sum())
        if chosen.match is None
        else len(chosen.match.unmatched),
        effective=decimal_of(spread.effective),
        largest_weight=decimal_of(spread.largest_share),
        match=chosen.fingerprint(plan),
    )
    return overlap, notes


def _picture(chosen: Chosen) -> tuple[tuple[OverlapBin, ...], tuple[str, ...]]:
    treated = chosen.pool.treated
    try:
        score: PropensityScore = chosen.score or fit_score(chosen.pool)
    except Refusal as refusal:
        why = " ".join(problem.what for problem in refusal.problems)
        return (), (f"No picture of overlap can be drawn. {why}",)
    seen = overlap_of(score.value, treated, bins=BINS)
    bins = tuple(
        OverlapBin(below=decimal_of(below), treated=served, control=others)
        for below, served, others in zip(
            seen.edges[1:], seen.treated_counts, seen.control_counts, strict=True
        )
    )
    if not seen.treated_outside:
        return bins, ()
    return bins, (
        f"{seen.treated_outside:,} of {int(treated.sum()):,} people served have a score beyond "
        "those of the comparison pool: no one there is like them.",
    )


def alike_after(names: Sequence[str], known: Sample, weights: Floats) -> dict[str, TraitDifference]:
    """Each fact's means and their difference under weights (n,), by its name in the balance table.

    A fact in words has one for each word. Where nobody of a side with weight has a known fact,
    there is none.
    """
    found: dict[str, TraitDifference] = {}
    for name in names:
        for label, column in _columns(name, known):
            seen = ~np.isnan(column)
            if not all(weights[seen & side].sum() for side in (known.treated, ~known.treated)):
                continue
            (one,) = differences(column[seen, None], (label,), known.treated[seen], weights[seen])
            found[label] = one
    return found


def _columns(name: str, known: Sample) -> list[tuple[str, Floats]]:
    told = known.words(name)
    if not any(isinstance(value, str) for value in told):
        return [(name, np.array([np.nan if v is None else float(v) for v in told]))]
    return [
        (
            f"{name}: {word}",
            np.array([np.nan if v is None else float(str(v) == word) for v in told]),
        )
        for word in sorted({str(v) for v in told if v is not None})
    ]


def left_out(sample: Sample, known: Sample) -> tuple[str, ...]:
    """Who was left out, by side, for an outcome that is not known."""
    lost = len(sample) - len(known)
    if not lost:
        return ()
    served = int(sample.treated.sum()) - int(known.treated.sum())
    return (
        f"{served:,} people served and {lost - served:,} others have no known outcome and were "
        "left out before the comparison group was made.",
    )


def unmatched(chosen: Chosen, weights: Floats) -> tuple[str, ...]:
    """People served who carry no weight, and those with fewer matches than the plan wants."""
    notes = []
    if chosen.both is not None:
        return _unmatched_of_everyone(chosen.both)
    served = int(chosen.pool.treated.sum())
    lost = int((chosen.pool.treated & (weights == 0)).sum())
    if lost:
        why = "were trimmed" if chosen.match is None else "have no match"
        notes.append(
            f"{lost:,} of {served:,} people served {why}, so the effect is that on the other "
            f"{served - lost:,}."
        )
    if chosen.match is not None and chosen.match.short:
        notes.append(
            f"{chosen.match.short:,} people served have fewer matches than the plan wants; each of "
            "these counts for more."
        )
    return tuple(notes)


def _unmatched_of_everyone(both: MatchBothWays) -> tuple[str, ...]:
    notes = []
    people = len(both.served.treated)
    if both.unmatched:
        notes.append(
            f"{both.unmatched:,} of {people:,} people have no match on the other side "
            f"({len(both.served.unmatched):,} of those served), so the effect is that on the other "
            f"{people - both.unmatched:,}."
        )
    if short := both.served.short + both.others.short:
        notes.append(
            f"{short:,} people have fewer matches than the plan wants; each of these counts for "
            "more."
        )
    return tuple(notes)


def repeated(known: Sample) -> tuple[str, ...]:
    """Rows of one person that errors take for several people."""
    if not known.has("person"):
        return ()
    more = len(known) - len(np.unique(known.rows["person"].to_numpy()))
    if not more:
        return ()
    return (
        f"{more:,} rows are of people who stand in the study already; the errors take them for "
        "other people, and are too small by that.",
    )
