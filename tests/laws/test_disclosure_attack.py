"""An attacker with a solver cannot tell a hidden number, nor come within half the threshold of it.

R112, R140: groups and margins, rates (0 of 12, 12 of 12), amounts at a known price, differences
between the people of rates, later releases, and the pages of rates and of the course together.
"""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from payforsuccess.disclosure import (
    Facts,
    Release,
    amounts,
    by_group,
    crossed,
    joined,
    over_time,
    rates,
    suppress,
    suppress_next,
)
from payforsuccess.runs.measure.equity_rates import Counted, facts_of
from tests.lib.attacker import bounds_of_facts, too_narrow

counts = st.integers(0, 24)
few_or_many = st.one_of(st.integers(0, 14), st.integers(15, 400))


def assert_safe(facts: Facts, release: Release) -> None:
    assert not too_narrow(bounds_of_facts(facts, release.shown))


@given(st.lists(few_or_many, min_size=1, max_size=8))
def test_groups_with_a_total(values: list[int]) -> None:
    facts = by_group({f"g{at}": value for at, value in enumerate(values)}, name="n")
    assert_safe(facts, suppress(facts))


@given(st.lists(few_or_many, min_size=4, max_size=12), st.integers(2, 4))
def test_crossings_with_their_margins(values: list[int], columns: int) -> None:
    cells = {(f"r{at // columns}", f"c{at % columns}"): value for at, value in enumerate(values)}
    facts = crossed(cells, name="n")
    assert_safe(facts, suppress(facts))


@given(st.lists(st.tuples(few_or_many, few_or_many), min_size=1, max_size=5))
def test_rates_also_of_none_and_of_all(values: list[tuple[int, int]]) -> None:
    found = {f"g{at}": (yes, yes + no) for at, (yes, no) in enumerate(values)}
    found |= {"none": (0, 12), "all": (12, 12)}
    facts = rates(found, part="housed", of="enrolled", by="sex")
    assert_safe(facts, suppress(facts))


@given(
    st.lists(few_or_many, min_size=2, max_size=6),
    st.lists(st.sampled_from([None, 1, 500, Fraction(3, 2)]), min_size=6, max_size=6),
)
def test_amounts_at_a_known_price(values: list[int], prices: list[int | Fraction | None]) -> None:
    even = [2 * value for value in values]
    facts = by_group({f"g{at}": value for at, value in enumerate(even)}, name="n")
    priced = {
        f"n/g{at}": price
        for at, price in enumerate(prices)
        if price is not None and at < len(values)
    }
    facts = amounts(facts, {**priced, "n/all": 500})
    assert_safe(facts, suppress(facts))


PEOPLE = st.lists(
    st.tuples(
        st.sampled_from(["f", "m"]),
        st.sampled_from(["en", "es"]),
        # how far they came: referred, enrolled, known of one outcome, of both
        st.integers(0, 3),
        st.booleans(),
        st.integers(1, 20),
    ),
    min_size=2,
    max_size=10,
)
Drawn = list[tuple[str, str, int, bool, int]]


def counted(people: Drawn) -> list[Counted]:
    found = []
    stages = (("enrolled", "referred", 1, 0), ("home", "whose home is known", 9, 2))
    stages += (("back", "whose return is known", 9, 3),)
    for by in (0, 1):
        for did, of, needs, of_needs in stages:
            rows: dict[str, tuple[int, int]] = {}
            for person in people:
                came, did_well, times = person[2], person[3], person[4]
                yes, all_ = rows.get(str(person[by]), (0, 0))
                is_yes = came >= needs if needs < 9 else did_well and came >= of_needs
                could = times * (came >= of_needs)
                rows[str(person[by])] = (yes + times * is_yes, all_ + could)
            within = "enrolled" if needs == 9 else ""
            name = ("sex", "language")[by]
            found.append(Counted(did, of, name, rows, is_people=needs == 1, within=within))
    return found


@given(PEOPLE)
def test_differences_between_the_people_of_rates(people: Drawn) -> None:
    facts = facts_of(counted(people))
    assert_safe(facts, suppress(facts))


def seen(given_out: list[tuple[Facts, Release]]) -> tuple[Facts, dict[str, int]]:
    """All releases as who keeps them sees them."""
    shown = {
        f"{at}:{name}": value
        for at, (_, release) in enumerate(given_out, 1)
        for name, value in release.shown.items()
    }
    return over_time([facts for facts, _ in given_out]), shown


@settings(max_examples=10)
@given(PEOPLE, st.integers(0, 9), st.integers(1, 14))
def test_two_releases_of_rates(people: Drawn, which: int, more: int) -> None:
    sex, language, came, did_well, times = people[which % len(people)]
    later = [*people, (sex, language, came, did_well, more)]
    before, after = facts_of(counted(people)), facts_of(counted(later))
    first = suppress(before)
    second = suppress_next([(before, first)], after)
    whole, shown = seen([(before, first), (after, second)])
    assert not too_narrow(bounds_of_facts(whole, shown))
    assert times


@given(st.lists(few_or_many, min_size=2, max_size=4), st.lists(st.integers(0, 14), min_size=4))
def test_a_number_that_did_not_change_is_not_told_by_hiding_another_beside_it(
    values: list[int], more: list[int]
) -> None:
    before = by_group({f"g{at}": value for at, value in enumerate(values)}, name="n")
    grown = {f"g{at}": value + more[at] for at, value in enumerate(values)}
    after = joined([by_group(grown, name="n")])
    assume(before != after)
    first = suppress(before)
    second = suppress_next([(before, first)], after)
    whole, shown = seen([(before, first), (after, second)])
    assert not too_narrow(bounds_of_facts(whole, shown))
