"""The score, and the covariates it refuses."""

from __future__ import annotations

import numpy as np
import pytest

from payforsuccess.errors import Refusal
from payforsuccess.evaluation.comparison import fit_score
from tests.lib.pools import a_pool, pool_of

pytestmark = pytest.mark.filterwarnings("error")


def test_one_yes_or_no_trait_gives_the_shares_themselves() -> None:
    pool = pool_of([1, 1, 1, 0, 1, 0, 0, 0, 0], works=[1, 1, 1, 1, 0, 0, 0, 0, 0])

    score = fit_score(pool)

    assert score.value.tolist() == pytest.approx([3 / 4] * 4 + [1 / 5] * 5)
    assert score.coefficients.tolist() == pytest.approx([np.log(1 / 4), np.log(3) - np.log(1 / 4)])


def test_scores_average_to_the_share_served_and_influences_to_nothing() -> None:
    pool, _ = a_pool()

    score = fit_score(pool)

    assert score.value.mean() == pytest.approx(pool.treated.mean())
    assert np.abs(score.influence.sum(axis=0)).max() < 1e-12


def test_only_the_named_covariates_are_used() -> None:
    pool, _ = a_pool()

    assert fit_score(pool, ["trait-2"]).names == ("trait-2",)


@pytest.mark.parametrize(
    ("treated", "traits", "said"),
    [
        ([1, 1, 1, 0, 0, 0], {"age": [1, 2, 3, 4, 5, 6]}, "without error: age."),
        (  # in one direction alone: all with the trait were served
            [1, 1, 1, 0, 0, 0],
            {"age": [1, 5, 3, 4, 2, 6], "referred": [1, 1, 0, 0, 0, 0]},
            "without error: referred.",
        ),
        (  # neither alone does
            [1, 1, 1, 0, 0, 0, 0],
            {"a": [1, 2, 3, 1, 2, 3, 2], "b": [2, 3, 4, 1, 2, 3, 1]},
            r"without error: a, b \(together\).",
        ),
    ],
)
def test_covariates_that_separate_the_sides_are_named(
    treated: list[int], traits: dict[str, list[float]], said: str
) -> None:
    with pytest.raises(Refusal, match=said):
        fit_score(pool_of(treated, **traits))


def test_an_outlying_value_alone_is_no_separation() -> None:
    pool, _ = a_pool(people=300)
    traits = np.array(pool.traits)
    traits[5, 0] = 60

    assert np.isfinite(
        fit_score(pool_of(pool.treated.astype(int).tolist(), a=traits[:, 0])).value
    ).all()


def test_collinear_and_flat_covariates_are_named() -> None:
    pool, _ = a_pool(people=40)
    first = pool.traits[:, 0]
    served = pool.treated.astype(int).tolist()

    with pytest.raises(Refusal, match="follow from the others: twice"):
        fit_score(pool_of(served, once=first.tolist(), twice=(2 * first).tolist()))
    with pytest.raises(Refusal, match="same value of flat"):
        fit_score(pool_of(served, once=first.tolist(), flat=[3] * 40))


def test_more_coefficients_than_people_on_a_side_are_refused() -> None:
    with pytest.raises(Refusal, match="one side has 2"):
        fit_score(pool_of([1, 1, 0, 0, 0, 0], a=[1, 2, 1, 2, 3, 4], b=[1, 3, 2, 1, 3, 1]))


def test_a_score_of_nothing_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="at least one"):
        fit_score(a_pool()[0], [])
