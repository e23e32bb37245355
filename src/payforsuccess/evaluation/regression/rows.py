"""People as arrays, checked before anything is estimated: every problem together, no number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.regression.least_squares import Codes, Floats

Arms = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Rows:
    """People who may enter an estimate: one row a person.

    outcome: (n,), in its own unit. arms: (n,), True for those assigned to the programme.
    covariates: (n, k), k may be 0. names: k names. strata, clusters: (n,) integer codes, or None.
    """

    outcome: Floats
    arms: Arms
    covariates: Floats
    names: tuple[str, ...]
    strata: Codes | None = None
    clusters: Codes | None = None

    @property
    def people(self) -> int:
        """How many."""
        return len(self.outcome)


def check_rows(
    outcome: Floats,
    arms: Arms,
    *,
    covariates: Floats | None = None,
    names: Sequence[str] = (),
    strata: Codes | None = None,
    clusters: Codes | None = None,
) -> Rows:
    """The rows, fit to be estimated from.

    Refuses, all problems together: an arm with no one or one person, outcomes or covariates that
    are missing or not finite (counted by arm), outcomes that do not vary, an arm with fewer than
    two clusters. Shapes that do not match: ValueError.
    """
    outcome = np.asarray(outcome, dtype=np.float64)
    arms = np.asarray(arms)
    people = len(outcome)
    given = np.empty((people, 0)) if covariates is None else np.asarray(covariates, np.float64)
    if arms.dtype != np.bool_ or outcome.shape != (people,) or arms.shape != (people,):
        raise ValueError("outcome is float64 (n,), arms is bool (n,)")
    if given.shape != (people, len(names)):
        raise ValueError("covariates is (n, k), with k names")
    for codes in (strata, clusters):
        if codes is not None and (
            codes.shape != (people,) or not np.issubdtype(codes.dtype, np.integer)
        ):
            raise ValueError("strata and clusters are integer codes (n,)")
    problems = [*_arms(arms), *_missing(outcome, arms, "outcomes")]
    for name, column in zip(names, given.T, strict=True):
        problems += _missing(column, arms, f"values of {name}")
    if not problems and outcome.min() == outcome.max():
        problems.append(
            Problem(
                "Everyone has the same outcome, so there is nothing to compare.",
                "Check the outcome's definition, or wait until outcomes differ.",
            )
        )
    if clusters is not None and not problems:
        problems += _clusters(arms, clusters)
    if problems:
        raise Refusal(problems)
    return Rows(outcome, arms, given, tuple(names), strata, clusters)


def _arms(arms: Arms) -> list[Problem]:
    problems = []
    for label, count in (("treated", int(arms.sum())), ("control", int((~arms).sum()))):
        if count < 2:
            problems.append(
                Problem(
                    f"The {label} arm has {'no one' if not count else 'one person'} in it.",
                    "Correct the arm's label, or wait until each arm has at least two people.",
                )
            )
    return problems


def _missing(values: Floats, arms: Arms, what: str) -> list[Problem]:
    bad = ~np.isfinite(values)
    if not bad.any():
        return []
    treated, control = int((bad & arms).sum()), int((bad & ~arms).sum())
    return [
        Problem(
            f"{treated + control:,} {what} are missing or not a number: {treated:,} in the treated "
            f"arm, {control:,} in the control arm.",
            "Leave these people out by a stated rule, and count them as lost, or find the values.",
        )
    ]


def _clusters(arms: Arms, clusters: Codes) -> list[Problem]:
    problems = []
    for label, codes in (("treated", clusters[arms]), ("control", clusters[~arms])):
        if codes.min() == codes.max():
            problems.append(
                Problem(
                    f"The {label} arm is one cluster, so chance between clusters cannot be seen.",
                    "Compare at least two clusters in each arm.",
                )
            )
    return problems


def refuse_perfect(residuals: Floats, outcome: Floats) -> None:
    """Refuse a fit that leaves nothing over but rounding: it has no error that means anything."""
    spread = float(np.square(outcome - outcome.mean()).sum())
    rounding = len(outcome) * (64 * np.finfo(float).eps * float(np.abs(outcome).max())) ** 2
    if float(np.square(residuals).sum()) <= 1e-20 * spread + rounding:
        raise Refusal(
            [
                Problem(
                    "The arm, with what was adjusted for, gives every outcome exactly, so the "
                    "effect's error cannot be told.",
                    "Check that the outcome was not copied from a covariate, a stratum or the arm.",
                )
            ]
        )
