"""Shrinkage against a published example, and its laws (R108)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.evaluation.shrinkage import shrunk_means, shrunk_shares

HITS = (18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7)
"""Hits in the first 45 times at bat of 18 players in 1970: Efron and Morris (1977), "Stein's
Paradox in Statistics", Scientific American 236. Published: the mean is .265, each average is drawn
to it so that .212 of its distance is left: .400 becomes .294, .378 .289, and .156 .242."""
PUBLISHED = {0: 0.294, 1: 0.289, 17: 0.242}


def test_averages_of_batters_come_out_as_efron_and_morris_published_them() -> None:
    """R108."""
    averages = [hits / 45 for hits in HITS]
    mean = sum(averages) / len(averages)
    found = shrunk_means(averages, [mean * (1 - mean) / 45] * len(averages))
    assert round(found.pooled, 3) == 0.265
    assert round(1 - found.weights[0], 3) == pytest.approx(0.212, abs=0.0015)
    for at, published in PUBLISHED.items():
        assert found.estimates[at] == pytest.approx(published, abs=0.0007)


counted = st.integers(1, 200).flatmap(
    lambda people: st.tuples(st.integers(0, people), st.just(people))
)


@given(st.lists(counted, min_size=4, max_size=12))
def test_a_shrunk_share_lies_between_its_own_and_that_of_all(pairs: list[tuple[int, int]]) -> None:
    """R108."""
    found = shrunk_shares({f"site {at}": pair for at, pair in enumerate(pairs)})
    for one in found.groups:
        low, high = sorted((one.raw, found.pooled))
        assert low - 1e-12 <= one.estimate <= high + 1e-12
        assert 0 <= one.weight <= 1
        assert one.interval.low <= one.estimate <= one.interval.high
        assert 1 <= one.best <= one.worst <= len(pairs)


def test_smaller_groups_are_drawn_further() -> None:
    found = shrunk_shares({"a": (9, 10), "b": (90, 100), "c": (30, 100), "d": (50, 100)})
    small, large = found.groups[0], found.groups[1]
    assert small.raw == large.raw
    assert small.weight > large.weight
    assert small.estimate < large.estimate


def test_groups_that_chance_explains_are_not_ranked() -> None:
    alike = shrunk_shares(
        {name: (yes, 40) for name, yes in zip("abcde", (20, 21, 19, 22, 18), strict=True)}
    )
    assert not alike.tells_apart
    assert {(one.best, one.worst) for one in alike.groups} == {(1, 5)}
    apart = shrunk_shares({"a": (90, 100), "b": (10, 100), "c": (12, 100), "d": (11, 100)})
    assert apart.tells_apart
    assert (apart.groups[0].best, apart.groups[0].worst) == (1, 1)


def test_where_no_one_did_it_nothing_differs() -> None:
    found = shrunk_shares(dict.fromkeys("abcd", (0, 30)))
    assert not found.tells_apart
    assert {one.estimate for one in found.groups} == {0.0}


@pytest.mark.parametrize(
    "counts", [{"a": (1, 2)}, {"a": (1, 2), "b": (1, 2), "c": (1, 2), "d": (0, 0)}]
)
def test_too_few_groups_are_refused(counts: dict[str, tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="four groups"):
        shrunk_shares(counts)
