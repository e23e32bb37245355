"""Errors where people of one cluster hang together, against the definition written out in full."""

from __future__ import annotations

import numpy as np
import pytest

from payforsuccess.evaluation import regression as room
from payforsuccess.evaluation.regression import Errors


def written_out(
    outcome: np.ndarray, columns: np.ndarray, clusters: np.ndarray, at: int
) -> tuple[float, float]:
    """CR2's variance and Satterthwaite's freedom with (n, n) matrices, by the definitions."""
    people = len(outcome)
    inverse = np.linalg.inv(columns.T @ columns)
    hat = columns @ inverse @ columns.T
    left = outcome - hat @ outcome
    rest = np.eye(people) - hat
    variance, weights = 0.0, []
    for group in np.unique(clusters):
        rows = np.flatnonzero(clusters == group)
        values, vectors = np.linalg.eigh(rest[np.ix_(rows, rows)])
        keep = values > 1e-10
        root = (vectors[:, keep] / np.sqrt(values[keep])) @ vectors[:, keep].T
        lean = root @ columns[rows] @ inverse[:, at]
        variance += float(lean @ left[rows]) ** 2
        weights.append(rest[:, rows] @ lean)
    products = np.array(weights) @ np.array(weights).T
    return variance, float(np.trace(products) ** 2 / np.square(products).sum())


def world(seed: int, clusters: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    groups = rng.integers(0, clusters, 60)
    groups[:clusters] = np.arange(clusters)
    columns = np.column_stack([np.ones(60), groups % 2, rng.normal(size=(60, 2))])
    outcome = rng.normal(size=60) + rng.normal(size=clusters)[groups] + 0.5 * columns[:, 2]
    return outcome, columns, groups


@pytest.mark.parametrize("clusters", [6, 11, 25])
def test_bias_reduced_errors_by_the_definition(clusters: int) -> None:
    outcome, columns, groups = world(clusters, clusters)
    fit = room.fit_least_squares(outcome, columns, ["constant", "arm", "a", "b"])

    for at in range(4):
        found = room.bias_reduced(fit, groups, np.eye(4)[at])
        variance, freedom = written_out(outcome, columns, groups, at)
        assert (found.variance, found.freedom) == pytest.approx((variance, freedom), rel=1e-9)


@pytest.mark.parametrize("crossed", [False, True])
def test_absorbed_strata_give_the_errors_of_their_dummies(crossed: bool) -> None:
    """Strata within clusters, and strata across them: the same as a column for each."""
    outcome, columns, groups = world(4, 12)
    strata = np.arange(60) % 5 if crossed else groups
    dummies = (strata[:, None] == np.unique(strata)).astype(float)
    own = columns[:, 2:]
    whole = np.column_stack([own, dummies])
    names = ["a", "b", *(f"s{at}" for at in range(dummies.shape[1]))]
    absorbed = room.fit_least_squares(outcome, own, ["a", "b"], strata=strata)
    full = room.fit_least_squares(outcome, whole, names)

    for errors in (
        Errors("classical"),
        Errors("hc1"),
        Errors("hc2"),
        Errors("hc3"),
        Errors("cr1", groups),
        Errors("cr2", groups),
    ):
        if errors.flavour in ("hc2", "hc3") and np.bincount(strata).min() < 2:
            continue
        one, other = (room.coefficient(fit, "b", errors, method="") for fit in (absorbed, full))
        assert one.value == pytest.approx(other.value, rel=1e-9)
        assert one.standard_error == pytest.approx(other.standard_error, rel=1e-9)
        assert one.freedom == pytest.approx(other.freedom, rel=1e-9)
    variance, freedom = written_out(outcome, whole, groups, 1)
    found = room.coefficient(absorbed, "b", Errors("cr2", groups), method="")
    assert (found.standard_error**2, found.freedom) == pytest.approx((variance, freedom), rel=1e-8)


def test_everyone_a_cluster_of_their_own_gives_hc2() -> None:
    outcome, columns, _ = world(9, 8)
    fit = room.fit_least_squares(outcome, columns, ["constant", "arm", "a", "b"])
    alone = room.bias_reduced(fit, np.arange(60), np.eye(4)[2])

    assert alone.variance == pytest.approx(room.covariance_of(fit, Errors("hc2"))[2, 2])


def test_few_treated_clusters_leave_few_degrees_of_freedom() -> None:
    """Two treated clusters of forty: not 39 degrees of freedom, but about one."""
    rng = np.random.default_rng(1)
    clusters = np.repeat(np.arange(40), 10)
    found = room.difference_in_means(
        rng.normal(size=400), clusters < 2, clusters=clusters, flavour="cr2"
    )

    assert found.freedom == pytest.approx(1.1, abs=0.1)
    assert "Satterthwaite" in found.method


def test_equal_clusters_give_two_less_than_their_number() -> None:
    """Balanced clusters: CR2 is the t test of the clusters' means."""
    rng = np.random.default_rng(2)
    clusters = np.repeat(np.arange(12), 7)
    outcome = rng.normal(size=84) + rng.normal(size=12)[clusters]
    arms = clusters % 2 == 0
    means = outcome.reshape(12, 7).mean(axis=1)

    by_people = room.difference_in_means(outcome, arms, clusters=clusters, flavour="cr2")
    by_means = room.difference_in_means(means, np.arange(12) % 2 == 0, flavour="hc2")

    assert by_people.standard_error == pytest.approx(by_means.standard_error)
    assert by_people.freedom == pytest.approx(10)


def test_the_method_states_flavour_and_factor() -> None:
    outcome, _, groups = world(5, 6)
    arms = groups % 2 == 0
    found = room.difference_in_means(outcome, arms, clusters=groups, flavour="cr1")

    assert found.method == (
        "Difference in means; CR1 errors, 6 clusters, times G / (G - 1) x (n - 1) / (n - k) = "
        "1.22069 with k = 2; Student's t, 5 degrees of freedom"
    )
    assert found.freedom == 5
