"""People drawn within strata or blocks: the difference within each, weighed by its people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.estimated import Estimated
from payforsuccess.evaluation.regression.least_squares import Codes, Floats, codes_of
from payforsuccess.evaluation.regression.rows import Arms, check_rows, refuse_perfect


@dataclass(frozen=True)
class Blocked(Estimated):
    """An effect over strata; strata: how many, each with at least two people in each arm."""

    strata: int = 0


def blocked_difference(outcome: Floats, arms: Arms, strata: Codes) -> Blocked:
    """Each stratum's difference in means, weighed by its share of all people.

    outcome (n,) float64; arms (n,) bool; strata (n,) codes. Its variance is the sum of the squared
    weights times Neyman's variance of each stratum, s2 / n of either arm with n - 1 in s2 (Imbens
    and Rubin 2015, chapter 9); degrees of freedom: people less two a stratum. Refuses what
    `check_rows` refuses and strata with fewer than two people in an arm (matched pairs: their
    variance cannot be told within a pair).
    """
    rows = check_rows(outcome, arms, strata=strata)
    codes = codes_of(strata)
    refuse_one_armed(codes, rows.arms, at_least=2)
    groups = int(codes.max()) + 1
    share = np.bincount(codes) / rows.people
    value, away = np.zeros(groups), np.zeros(rows.people)
    variance = np.zeros(groups)
    for sign, mask in ((1, rows.arms), (-1, ~rows.arms)):
        codes_here, outcomes = codes[mask], rows.outcome[mask]
        people = np.bincount(codes_here, minlength=groups)
        mean = np.bincount(codes_here, weights=outcomes, minlength=groups) / people
        away[mask] = outcomes - mean[codes_here]
        squares = np.bincount(codes_here, weights=np.square(away[mask]), minlength=groups)
        value += sign * mean
        variance += squares / (people - 1) / people
    refuse_perfect(away, rows.outcome)
    freedom = float(rows.people - 2 * groups)
    return Blocked(
        value=float(share @ value),
        standard_error=float(np.sqrt(np.square(share) @ variance)),
        people=rows.people,
        method=f"Difference in means within {groups:,} strata, weighed by their people; Neyman's "
        f"variance in each, n - 1 in each arm; Student's t, {freedom:.4g} degrees of freedom",
        freedom=freedom,
        strata=groups,
    )


def refuse_one_armed(codes: Codes, arms: Arms, *, at_least: int) -> None:
    """Refuse strata (codes from 0) with fewer than `at_least` people in an arm, by their number."""
    groups = int(codes.max()) + 1
    treated = np.bincount(codes[arms], minlength=groups)
    control = np.bincount(codes[~arms], minlength=groups)
    short = int((np.minimum(treated, control) < at_least).sum())
    if not short:
        return
    have = "has" if short == 1 else "have"
    least = "no one" if at_least == 1 else f"fewer than {at_least} people"
    raise Refusal(
        [
            Problem(
                f"{short:,} of {groups:,} strata {have} {least} in one of the arms.",
                "Merge these strata by a rule that does not look at outcomes, or absorb their "
                "effects in a regression instead.",
            )
        ]
    )
