"""No hidden number can be recomputed: every table that fits what is shown is counted out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.disclosure import (
    Facts,
    Release,
    by_group,
    crossed,
    over_time,
    rates,
    suppress,
    suppress_next,
)

LARGEST_TRIED = 24
"""Hidden numbers are small in these laws, so trying up to here finds every table that fits."""


def tables_that_fit(facts: Facts, release: Release, *, room: int) -> Iterator[dict[str, int]]:
    """Every table of whole numbers that a reader cannot tell from the true one.

    A reader knows what is shown, the sums, and that a hidden count is at least 1 unless zeros are
    hidden too. Free cells run through all values near the true one; the rest follow from the sums.
    """
    unknown = [name for name in facts.cells if name not in release.shown]
    leaves = [name for name in unknown if not any(tie.whole == name for tie in facts.sums)]
    choices = []
    for name in leaves:
        cell = facts.cells[name]
        can_be_zero = cell.zero_tells or name in facts.never_shown or cell.value == 0
        choices.append(
            range(max(0 if can_be_zero else 1, cell.value - room), cell.value + room + 1)
        )
    for values in product(*choices):
        table = {**release.shown, **dict(zip(leaves, values, strict=True))}
        if _sums_hold(facts, table):
            yield table


def _sums_hold(facts: Facts, table: dict[str, int]) -> bool:
    for _ in facts.sums:
        for tie in facts.sums:
            if tie.whole not in table and all(part in table for part in tie.parts):
                table[tie.whole] = sum(table[part] for part in tie.parts)
    return all(
        table[tie.whole] == sum(table[part] for part in tie.parts)
        for tie in facts.sums
        if tie.whole in table and all(part in table for part in tie.parts)
    ) and all(
        table[name] >= (0 if cell.zero_tells or cell.value == 0 else 1)
        for name, cell in facts.cells.items()
        if name in table and name not in facts.never_shown
    )


def assert_nothing_is_revealed(facts: Facts, release: Release, *, room: int = 3) -> None:
    secret = {name for name, cell in facts.cells.items() if cell.is_sensitive(10)}
    assert not secret & set(release.shown)
    seen: dict[str, set[int]] = {name: set() for name in secret}
    for table in tables_that_fit(facts, release, room=room):
        for name in secret:
            seen[name].add(table[name])
        if all(len(values) > 1 for values in seen.values()):
            return
    assert not [name for name, values in seen.items() if len(values) < 2]


counts = st.integers(0, LARGEST_TRIED)


@given(st.lists(counts, min_size=1, max_size=5))
def test_no_hidden_count_of_a_group_can_be_recomputed(values: list[int]) -> None:
    facts = by_group({f"g{at}": value for at, value in enumerate(values)}, name="n")
    assert_nothing_is_revealed(facts, suppress(facts))


@given(st.lists(counts, min_size=4, max_size=6), st.sampled_from([(2, 2), (2, 3)]))
def test_no_hidden_count_of_a_crossing_can_be_recomputed(
    values: list[int], shape: tuple[int, int]
) -> None:
    rows, columns = shape
    cells = [(f"r{row}", f"c{column}") for row in range(rows) for column in range(columns)]
    facts = crossed({cell: values[at % len(values)] for at, cell in enumerate(cells)}, name="n")
    assert_nothing_is_revealed(facts, suppress(facts), room=2)


@given(st.lists(st.tuples(counts, counts), min_size=1, max_size=3))
def test_no_hidden_rate_can_be_recomputed(values: list[tuple[int, int]]) -> None:
    counts = {f"g{at}": (yes, yes + no) for at, (yes, no) in enumerate(values)}
    facts = rates(counts, part="housed", of="enrolled", by="sex")
    assert_nothing_is_revealed(facts, suppress(facts), room=2)


@given(
    st.lists(counts, min_size=2, max_size=3),
    st.lists(st.integers(0, 14), min_size=3, max_size=3),
)
def test_no_small_change_between_two_releases_can_be_recomputed(
    values: list[int], more: list[int]
) -> None:
    before = by_group({f"g{at}": value for at, value in enumerate(values)}, name="n")
    after = by_group({f"g{at}": v + more[at] for at, v in enumerate(values)}, name="n")
    first = suppress(before)
    second = suppress_next([(before, first)], after)
    assert_nothing_is_revealed(*seen_by_a_reader([(before, first), (after, second)]), room=2)


@given(
    st.lists(counts, min_size=2, max_size=2),
    st.lists(st.integers(-6, 12), min_size=4, max_size=4),
)
def test_no_small_change_over_three_releases_can_be_recomputed(
    values: list[int], more: list[int]
) -> None:
    given_out: list[tuple[Facts, Release]] = []
    for at in range(3):
        now = [max(0, value + sum(more[part] for part in range(at))) for value in values]
        facts = by_group({f"g{number}": value for number, value in enumerate(now)}, name="n")
        given_out.append((facts, suppress_next(given_out, facts)))
    assert_nothing_is_revealed(*seen_by_a_reader(given_out), room=1)


def seen_by_a_reader(given_out: list[tuple[Facts, Release]]) -> tuple[Facts, Release]:
    """All releases as one, as who keeps them sees them."""
    whole = over_time([facts for facts, _ in given_out])
    shown = {
        whole.names[at][name]: value
        for at, (_, release) in enumerate(given_out)
        for name, value in release.shown.items()
    }
    return whole.facts, Release(shown, frozenset(set(whole.facts.cells) - set(shown)), {})


@given(st.lists(counts, min_size=1, max_size=5))
def test_a_table_without_small_counts_is_shown_whole(values: list[int]) -> None:
    large = [value + 11 if value else 0 for value in values]
    facts = by_group({f"g{at}": value for at, value in enumerate(large)}, name="n")
    assert not suppress(facts).hidden
