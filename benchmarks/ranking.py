"""500 concepts, 20 reviewers, 7 criteria: checked, ranked, and 10,000 draws of how firm it is.

Against the same by hand in numpy from an array of scores: means, totals, order, and draws of
weights and of scores as sums. Seconds are of the processor. Other methods, a small competition
with every score moved by itself, and the reading of the file are timed beside.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # a waiting thread counts as processor time

import numpy as np
from measured import in_own_process, keep, tell

sys.path.insert(0, str(Path(__file__).parents[1]))

from payforsuccess.runs.selection.scores_file import read_scores
from payforsuccess.selection.conflicts import check_panel
from payforsuccess.selection.rank import Ranking, ranking_of
from payforsuccess.selection.scores import Given, check_scores, check_whole
from payforsuccess.selection.sensitivity import Bounds, Firmness, firmness_of
from payforsuccess.selection.solicitation import SolicitationFile
from tests.lib.competitions import a_proposal, a_reviewer, a_solicitation

CONCEPTS, REVIEWERS, DRAWS = 500, 20, 10_000
POINTS = (15, 25, 20, 15, 10, 10, 5)
TOP = 4


def a_competition(concepts: int, reviewers: int, method: str) -> SolicitationFile:
    return a_solicitation(
        method=method,
        criteria=[{"name": f"c{at}", "title": "C", "points": p} for at, p in enumerate(POINTS)],
        panel=[a_reviewer(f"r{number}") for number in range(reviewers)],
        proposals=[a_proposal(f"p{number}") for number in range(concepts)],
    )


def its_scores(concepts: int, reviewers: int) -> tuple[Given, ...]:
    rng = np.random.default_rng(5)
    values = rng.integers(0, 2 * TOP + 1, (concepts, reviewers, len(POINTS)))
    days = date(2026, 2, 10)
    halves = [Fraction(number, 2) for number in range(2 * TOP + 1)]
    return tuple(
        Given(f"r{reviewer}", f"p{concept}", f"c{criterion}", halves[value], days)
        for (concept, reviewer, criterion), value in np.ndenumerate(values)
    )


def checked(solicitation: SolicitationFile, given: tuple[Given, ...]) -> Ranking:
    """What `pfs rank` does between reading and drawing; nothing may be found wrong."""
    problems = [
        *check_scores(given, solicitation),
        *check_panel(solicitation, given),
        *check_whole(given, solicitation, recused=set(), left_out=set()),
    ]
    assert not problems
    return ranking_of(solicitation, given, ())


def drawn(solicitation: SolicitationFile, ranking: Ranking) -> Firmness:
    names = [one.proposal for one in ranking.ranked]
    return firmness_of(
        solicitation, ranking.counted, names, bounds=Bounds(0.2, 0.5), seed=1, draws=DRAWS
    )


def by_hand(scores: Any) -> tuple[Any, Any]:
    """Order of the proposals, and how often each is first, for this one competition."""
    rng = np.random.Generator(np.random.PCG64(1))
    points = np.array(POINTS) / TOP
    means = scores.mean(axis=1)
    order = np.argsort(-(means @ points), kind="stable")
    low, high = scores - 0.5, scores + 0.5
    inside_low, inside_high = np.maximum(low, 0), np.minimum(high, TOP)
    above = np.maximum(high - TOP, 0)
    mean = (inside_high**2 - inside_low**2) / 2 + above * TOP
    variance = (inside_high**3 - inside_low**3) / 3 + above * TOP**2 - mean**2
    centre, spread = mean.mean(axis=1).T, variance.sum(axis=1).T / scores.shape[1] ** 2
    wins = np.zeros(len(scores))
    for _ in range(10):
        weights = points * rng.uniform(0.8, 1.2, (DRAWS // 10, len(POINTS)))
        weights *= points.sum() / weights.sum(axis=1, keepdims=True)
        values = weights @ centre
        values += np.sqrt(weights**2 @ spread) * rng.standard_normal(values.shape)
        wins += np.bincount(values.argmax(axis=1), minlength=len(scores))
    return order, wins / DRAWS


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """The least processor time of several runs."""
    found = []
    for _ in range(times):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def as_csv(given: tuple[Given, ...], path: Path) -> None:
    lines = ["reviewer,proposal,criterion,score,entered_on"]
    lines += [
        f"{one.reviewer},{one.proposal},{one.criterion},{float(one.score):g},{one.entered_on}"
        for one in given
    ]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def whole() -> None:
    """Check, rank and draw once in this process, and tell its peak of memory."""
    solicitation, given = (
        a_competition(CONCEPTS, REVIEWERS, "plain-average"),
        its_scores(CONCEPTS, REVIEWERS),
    )
    start = time.process_time()
    drawn(solicitation, checked(solicitation, given))
    tell(time.process_time() - start)


def main() -> None:
    given = its_scores(CONCEPTS, REVIEWERS)
    average = a_competition(CONCEPTS, REVIEWERS, "plain-average")
    scores = np.array([float(one.score) for one in given]).reshape(CONCEPTS, REVIEWERS, -1)
    ranking = checked(average, given)
    order, _ = by_hand(scores)
    assert [one.proposal for one in ranking.ranked[:20]] == [f"p{at}" for at in order[:20]]
    check_and_rank = seconds(lambda: checked(average, given))
    draw = seconds(lambda: drawn(average, ranking))
    hand = seconds(lambda: by_hand(scores))
    others = {}
    for method in ("standardised", "rank-sum"):
        other = a_competition(CONCEPTS, REVIEWERS, method)
        start = time.process_time()
        drawn(other, checked(other, given))
        others[f"seconds_{method.replace('-', '_')}"] = round(time.process_time() - start, 2)
    few, few_given = a_competition(20, 5, "informed-average"), its_scores(20, 5)
    small = seconds(lambda: drawn(few, checked(few, few_given)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scores.csv"
        as_csv(given, path)
        reading = seconds(lambda: read_scores(path, []))
    alone = in_own_process(__file__, "whole")
    keep(
        "ranking",
        {
            "concepts": CONCEPTS,
            "reviewers": REVIEWERS,
            "criteria": len(POINTS),
            "draws": DRAWS,
            "seconds_check_and_rank": round(check_and_rank, 2),
            "seconds_draws": round(draw, 2),
            "seconds": round(check_and_rank + draw, 2),
            "seconds_claimed": 2,
            "hand_peer": "the same from an array in float64 numpy, written for this one alone",
            "seconds_hand": round(hand, 2),
            "hand_ratio_of_draws": round(draw / hand, 2),
            "hand_ratio": round((check_and_rank + draw) / hand, 2),
            "seconds_reading_csv": round(reading, 2),
            **others,
            "seconds_small_each_score_moved": round(small, 2),
            "small": "20 concepts, 5 reviewers, 7 criteria",
            "seconds_in_a_new_process": round(alone.seconds, 2),
            "peak_megabytes": round(alone.megabytes),
        },
    )


if __name__ == "__main__":
    whole() if sys.argv[1:] == ["whole"] else main()
