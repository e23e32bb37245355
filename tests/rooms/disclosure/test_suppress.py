"""Which numbers are hidden: the worked examples of the rule."""

from __future__ import annotations

from fractions import Fraction

import pytest

from payforsuccess.disclosure import (
    HIDDEN,
    Cell,
    Facts,
    Sum,
    amounts,
    by_group,
    crossed,
    joined,
    rates,
    suppress,
    suppress_next,
)


def shown_of(counts: list[int]) -> dict[str, str]:
    facts = by_group({f"g{at}": count for at, count in enumerate(counts)}, name="n")
    release = suppress(facts)
    return {name: release.text_of(name) for name in facts.cells}


def test_one_small_count_takes_the_next_smallest_with_it() -> None:
    """R112: 5, 20 and 30 of 55 hides 5 and one more."""
    assert shown_of([5, 20, 30]) == {"n/g0": HIDDEN, "n/g1": HIDDEN, "n/g2": "30", "n/all": "55"}


def test_a_zero_is_shown() -> None:
    assert shown_of([0, 12, 40]) == {"n/g0": "0", "n/g1": "12", "n/g2": "40", "n/all": "52"}


@pytest.mark.parametrize(("count", "text"), [(10, HIDDEN), (11, "11")])
def test_ten_hides_and_eleven_shows(count: int, text: str) -> None:
    assert shown_of([count, 100, 200])["n/g0"] == text


def test_two_ones_are_worked_out_from_their_sum_and_so_take_a_third() -> None:
    """Each of two hidden counts is at least 1, so 1 + 1 would be plain."""
    assert shown_of([1, 1, 30]) == {"n/g0": HIDDEN, "n/g1": HIDDEN, "n/g2": HIDDEN, "n/all": "32"}


def test_two_small_counts_protect_each_other() -> None:
    assert shown_of([3, 4, 30, 40])["n/g2"] == "30"


def test_a_small_total_is_hidden() -> None:
    assert shown_of([4])["n/all"] == HIDDEN


def test_in_a_crossing_a_rectangle_is_hidden() -> None:
    """One hidden cell in a row and column would be worked out from either total."""
    counts = {
        (row, column): 20 + 3 * at
        for at, (row, column) in enumerate((r, c) for r in "abc" for c in "xyz")
    }
    counts["a", "x"] = 4
    release = suppress(crossed(counts, name="n"))
    hidden = set(release.hidden)
    assert "n/a/x" in hidden
    assert len(hidden) == 4
    rows = [name.split("/")[1] for name in hidden]
    columns = [name.split("/")[2] for name in hidden]
    assert all(rows.count(row) == 2 for row in rows)
    assert all(columns.count(column) == 2 for column in columns)


def test_none_of_twelve_and_all_of_twelve_are_hidden_like_three_of_twelve() -> None:
    """R140: an exception to showing zeros."""
    for yes in (0, 3, 12):
        counts = {"a": (yes, 12), "b": (40, 100), "c": (50, 120)}
        release = suppress(rates(counts, part="housed", of="enrolled", by="sex"))
        assert release.text_of("housed/sex/a") == HIDDEN, yes
        assert release.text_of("enrolled not housed/sex/a") == HIDDEN, yes


def test_the_enrolled_of_one_table_are_those_of_the_next() -> None:
    """Of 40 referred 35 enrolled: the 5 are told when both stand in tables of their own."""
    first = rates({"a": (35, 40), "b": (60, 100)}, part="enrolled", of="referred", by="sex")
    second = rates({"a": (15, 35), "b": (30, 60)}, part="housed", of="enrolled", by="sex")
    release = suppress(joined([first, second]))
    shown = {name for name in release.shown if name.endswith("/a")}
    assert not {"referred/sex/a", "enrolled/sex/a"} <= shown
    low, high = release.proof["referred not enrolled/sex/a"]
    assert high - low >= 5


def test_an_amount_at_a_known_price_is_hidden_with_its_count() -> None:
    """R140: 3 people at 500 dollars each are told by 1,500 dollars."""
    facts = amounts(
        by_group({"a": 3, "b": 40, "c": 50}, name="n"),
        dict.fromkeys(("n/a", "n/b", "n/c", "n/all"), 50_000),
    )
    release = suppress(facts)
    assert release.text_of("n/a") == release.text_of("n/a/amount") == HIDDEN
    assert release.text_of("n/all/amount") == "4,650,000"
    for group in "abc":
        assert ("n/" + group in release.hidden) == (f"n/{group}/amount" in release.hidden)
    assert len(release.hidden) == 4


def test_groupings_of_the_same_people_share_their_total() -> None:
    """A total hidden in one table and shown in the next would be no secret."""
    by_sex = by_group({"f": 5, "m": 40}, name="sex", whole="everyone")
    by_age = by_group({"young": 20, "old": 25}, name="age", whole="everyone")
    release = suppress(joined([by_sex, by_age]))
    assert release.text_of("sex/f") == HIDDEN
    assert release.text_of("sex/m") == HIDDEN
    assert release.text_of("everyone") == "45"


def test_an_amount_that_is_not_whole_is_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="not a whole amount"):
        amounts(by_group({"a": 1}, name="n"), {"n/a": Fraction(1, 3)})


def test_two_releases_that_differ_by_three_people_do_not_show_it() -> None:
    """R112: a difference of two releases that gives 3 is caught."""
    before, after = by_group({"a": 40, "b": 60}, name="n"), by_group({"a": 43, "b": 90}, name="n")
    first = suppress(before)
    assert not first.hidden
    second = suppress_next([(before, first)], after)
    assert second.text_of("n/a") == HIDDEN
    assert second.text_of("n/b") == HIDDEN or second.text_of("n/all") == HIDDEN


def test_an_unchanged_table_is_shown_again_as_it_was() -> None:
    table = by_group({"a": 5, "b": 20, "c": 30}, name="n")
    first = suppress(table)
    second = suppress_next([(table, first)], table)
    assert second.hidden == first.hidden
    assert second.shown == first.shown


def test_what_was_given_out_already_and_reveals_is_said() -> None:
    facts = by_group({"a": 5, "b": 20}, name="n")
    with pytest.raises(ValueError, match="already shown"):
        suppress(facts, already_shown=["n/b", "n/all"])


def test_a_threshold_below_the_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 10"):
        suppress(by_group({"a": 5}, name="n"), threshold=5)


def test_a_sum_that_does_not_hold_is_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="not the sum"):
        Facts({"a": Cell(1), "b": Cell(3)}, sums=(Sum("b", ("a",)),))
