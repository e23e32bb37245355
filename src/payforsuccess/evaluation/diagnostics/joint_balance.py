"""Whether the arms differ in all facts from before taken together more than chance makes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from payforsuccess.deal.evaluation import EvaluationPlan, Randomised
from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.chance.designs import Design, refuse_misfit
from payforsuccess.evaluation.chance.draws import draw
from payforsuccess.evaluation.designs.sample import Codes, Floats, Mask, Sample
from payforsuccess.evaluation.designs.tests_of import design_of
from payforsuccess.evaluation.regression.least_squares import (
    codes_of,
    fit_least_squares,
    within,
)

_AT_ONCE = 4_000_000
"""Numbers held at once."""
_EQUAL = 1e-9
"""Two shares explained that differ by less, relative to the larger, are equal."""


@dataclass(frozen=True)
class JointBalance:
    """All facts together: could chance alone have made the arms this unlike?

    statistic: F of the regression of the arm on the facts, with `freedom` (facts, people less
    coefficients). p_value: by the F distribution, which takes people as drawn one by one; None
    where whole clusters were. p_by_chance: the share of `draws` assignments by the design used, the
    observed one counted in, in which the facts explain as much of the arm; None where no chance
    decided or nothing was drawn. people: who entered. left_out: people of whom a fact is not known.
    facts: their names.
    """

    statistic: float
    freedom: tuple[int, int]
    p_value: float | None
    people: int
    facts: tuple[str, ...]
    left_out: int = 0
    p_by_chance: float | None = None
    draws: int = 0

    @property
    def says(self) -> str:
        """The test in a sentence for a report."""
        facts = "one fact" if len(self.facts) == 1 else f"all {len(self.facts):,} facts together"
        said = f"Do the arms differ in {facts}? F({self.freedom[0]:,}, {self.freedom[1]:,}) = "
        said += f"{self.statistic:.3g}"
        if self.p_value is not None:
            said += f", p = {self.p_value:.3g}"
        if self.p_by_chance is not None:
            said += (
                f"; as much is seen in {100 * self.p_by_chance:.3g} percent of {self.draws:,} "
                "draws by the design"
            )
        if self.left_out:
            said += f"; {self.left_out:,} people with an unknown fact are left out"
        return f"{said}."


def joint_balance(
    plan: EvaluationPlan, sample: Sample, *, draws: int = 0, rng: np.random.Generator
) -> JointBalance | None:
    """Of the plan's covariates and the facts of its balance table; None where it names none.

    Everyone assigned counts, whatever became of them. Facts in words have a column for each word
    but one. Strata of a draw are taken out first, so that only what chance decided is asked about.
    Facts that are constant or follow from others are left out: they tell nothing more. Refuses
    arms that the design could not have given, and more facts than people.
    """
    names = tuple(dict.fromkeys((*plan.covariates, *plan.balance_on)))
    if not names or not sample.control_arm:
        return None
    is_told = np.ones(len(sample), dtype=bool)
    for name in names:
        is_told &= np.array([value is not None and value == value for value in sample.words(name)])
    asked = sample.take(is_told)
    if not asked.treated.any() or asked.treated.all():
        raise Refusal(
            Problem(
                "In one arm there is no one of whom all facts of the balance table are known.",
                "Take facts that are seldom known out of `balance_on`.",
            )
        )
    columns, labels = asked.covariates(names)
    design, strata = None, None
    if isinstance(plan, Randomised):
        design = design_of(plan, asked)
        strata = asked.codes(plan.strata, "strata") if plan.strata else None
    own = _independent(columns, strata)
    if not own:
        return None
    found = f_test_of_balance(
        asked.treated,
        columns[:, own],
        [labels[at] for at in own],
        strata=strata,
        design=design if draws else None,
        draws=draws,
        rng=rng,
    )
    is_clustered = isinstance(plan, Randomised) and plan.cluster is not None
    return replace(
        found,
        left_out=len(sample) - len(asked),
        p_value=None if is_clustered else found.p_value,
    )


def f_test_of_balance(
    treated: Mask,
    columns: Floats,
    names: Sequence[str],
    *,
    strata: Codes | None = None,
    design: Design | None = None,
    draws: int = 0,
    rng: np.random.Generator | None = None,
) -> JointBalance:
    """The F test that the regression of the arm on columns (n, k) has no slope but 0.

    design: how people could have been drawn, for the share of draws with as large a statistic.
    Refuses collinear columns by name, and columns that tell the arms apart without error.
    """
    arm = treated.astype(np.float64)
    codes = np.zeros(len(arm), dtype=np.int64) if strata is None else codes_of(strata)
    fit = fit_least_squares(arm, columns, names, strata=codes)
    centred = within(arm, codes)
    whole, left = float(centred @ centred), float(fit.residuals @ fit.residuals)
    if left <= 1e-12 * max(whole, 1.0):
        raise Refusal(
            Problem(
                "The facts of the balance table tell both arms apart without error.",
                "Take out what was known only after assignment.",
            )
        )
    from scipy.special import fdtrc

    slopes = len(names)
    statistic = ((whole - left) / slopes) / (left / fit.freedom)
    p_by_chance = None
    if design is not None and rng is not None and draws:
        refuse_misfit(design, treated)
        basis = np.linalg.qr(fit.columns)[0]
        p_by_chance = _share_as_large(design, basis, codes, 1 - left / whole, draws, rng)
    return JointBalance(
        statistic,
        (slopes, fit.freedom),
        float(fdtrc(slopes, fit.freedom, statistic)),
        len(arm),
        tuple(names),
        p_by_chance=p_by_chance,
        draws=draws if p_by_chance is not None else 0,
    )


def _share_as_large(
    design: Design,
    basis: Floats,
    codes: Codes,
    observed: float,
    times: int,
    rng: np.random.Generator,
) -> float:
    """(1 + draws in which the facts explain as much) / (1 + draws). basis: (n, k) orthonormal."""
    drawn = draw(design, times, rng)
    sizes = np.bincount(codes)
    member = (codes[:, None] == np.arange(len(sizes))).astype(np.float64)
    as_large = 0
    for _, bits in drawn.blocks(max(1, _AT_ONCE // len(basis))):
        arms = bits if drawn.unit_of is None else bits[:, drawn.unit_of]
        arms = arms.astype(np.float64)
        treated = arms @ member
        whole = (treated * (1 - treated / sizes)).sum(axis=1)
        explained = ((arms @ basis) ** 2).sum(axis=1)  # the basis is centred within strata
        share = np.divide(explained, whole, out=np.zeros_like(whole), where=whole > 0)
        as_large += int((share >= observed * (1 - _EQUAL)).sum())
    return (1 + as_large) / (1 + times)


def _independent(columns: Floats, strata: Codes | None) -> list[int]:
    """The columns that vary within strata and do not follow from those before them."""
    codes = np.zeros(len(columns), dtype=np.int64) if strata is None else codes_of(strata)
    kept: list[int] = []
    basis: list[Floats] = []
    for at, column in enumerate(columns.T):
        left = within(column, codes)
        size = float(np.linalg.norm(column - column.mean()))
        for _ in range(2):  # twice is enough (Kahan)
            for other in basis:
                left = left - (other @ left) * other
        if np.linalg.norm(left) > 1e-6 * max(size, 1e-300):
            kept.append(at)
            basis.append(left / np.linalg.norm(left))
    return kept
