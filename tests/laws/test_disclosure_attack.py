"""An attacker with a solver cannot tell a hidden number, nor come within half the threshold of it.

R112, R140: groups and margins, rates (0 of 12, 12 of 12), amounts at a known price, differences
between the people of rates, later releases, and the pages of rates and of the course together.
"""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from payforsuccess.disclosure import (
    Facts,
    Release,
    amounts,
    by_group,
    crossed,
    rates,
    suppress,
    suppress_next,
)
from payforsuccess.measures.referral_flow import STAGES, STANDINGS
from payforsuccess.runs.measure.equity_rates import Counted, facts_of
from payforsuccess.runs.track.courses import with_members
from payforsuccess.runs.track.flow import flows_of
from payforsuccess.runs.track.flow import with_members as with_referrals
from payforsuccess.runs.track.linked import linked_facts
from payforsuccess.runs.track.trends import ALL, Count, Course
from tests.lib.attacker import bounds_of_facts, bounds_over_releases, too_narrow

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
            found.append(Counted(did, of, name, rows, is_people=True, within=within))
    return found


@given(PEOPLE)
def test_differences_between_the_people_of_rates(people: Drawn) -> None:
    facts = facts_of(counted(people))
    assert_safe(facts, suppress(facts))


def one_corrected(people: Drawn, which: int) -> Drawn:
    """One person turns out to speak the other language."""
    at = which % len(people)
    sex, language, came, did_well, times = people[at]
    other = "es" if language == "en" else "en"
    rest = [*people[:at], (sex, language, came, did_well, times - 1), *people[at + 1 :]]
    return [*rest, (sex, other, came, did_well, 1)]


def assert_safe_together(given_out: list[tuple[Facts, Release]]) -> None:
    """No release tells anything alone; the last tells nothing beside those before it.

    An attacker who takes it that what is equal did not change may know something before the last
    is given out: what it adds is nothing.
    """
    for facts, release in given_out:
        assert_safe(facts, release)
    *earlier, (facts, release) = given_out
    empty = Release({}, frozenset(facts.cells), {})
    now = too_narrow(bounds_over_releases(given_out))
    if now:
        known = too_narrow(bounds_over_releases([*earlier, (facts, empty)]))
        assert not {name: ends for name, ends in now.items() if name not in known}


def released(*tables: Facts) -> list[tuple[Facts, Release]]:
    """The tables given out one after the other."""
    given_out: list[tuple[Facts, Release]] = []
    for facts in tables:
        given_out.append((facts, suppress_next(given_out, facts)))
    return given_out


def tracked(people: Drawn) -> Facts:
    """The course of the same people: the language for the source, half of each due in a period."""
    rows, results = [], []
    for at, (_, language, came, did_well, times) in enumerate(people):
        for number in range(times):
            reached = dict.fromkeys(STAGES) | dict.fromkeys(STAGES[: came + 1], 5)
            stands = "active" if came >= 2 else "waiting"
            rows.append(
                {
                    "enrolment": f"{at}-{number}",
                    "source": language,
                    "site": None,
                    **reached,
                    **{name: int(name == stands) for name in STANDINGS},
                    "referrals": 1,
                }
            )
            if came >= 2:
                period = 1 + number % 2
                results.append(
                    {"enrolment": f"{at}-{number}", "period": period, "quantity": int(did_well)}
                )
    counts = {}
    for period in (1, 2):
        due = [row for row in results if row["period"] == period]
        did = sum(int(str(row["quantity"])) for row in due)
        counts[ALL, period] = Count(did, len(due), Fraction(did))
    course = Course((1, 2), (ALL,), counts, is_share=True, outcome="home")
    flows = with_referrals(flows_of(rows, None), rows, None)
    return linked_facts(flows, [with_members(course, results, ())], threshold=10)


@settings(max_examples=12)
@given(PEOPLE, st.booleans())
def test_the_pages_of_rates_and_of_the_course_together(people: Drawn, is_other: bool) -> None:
    pages = [facts_of(counted(people)), tracked(people)]
    assert_safe_together(released(*(pages[::-1] if is_other else pages)))


@settings(max_examples=6)
@given(PEOPLE, st.integers(0, 9))
def test_both_pages_before_and_after_one_row_is_corrected(people: Drawn, which: int) -> None:
    later = one_corrected(people, which)
    assert_safe_together(
        released(facts_of(counted(people)), tracked(people), facts_of(counted(later)))
    )


@settings(max_examples=20)
@given(PEOPLE, st.integers(0, 9), st.integers(1, 14))
def test_two_releases_of_rates(people: Drawn, which: int, more: int) -> None:
    sex, language, came, did_well, _ = people[which % len(people)]
    later = [*people, (sex, language, came, did_well, more)]
    assert_safe_together(released(facts_of(counted(people)), facts_of(counted(later))))


@settings(max_examples=20)
@given(PEOPLE, st.integers(0, 9))
def test_releases_before_and_after_one_row_is_corrected(people: Drawn, which: int) -> None:
    """One of a group turns out to be of another: nothing is told of either, there and back."""
    before, after = (facts_of(counted(p)) for p in (people, one_corrected(people, which)))
    assert_safe_together(released(before, after, before))


@given(st.lists(few_or_many, min_size=2, max_size=4), st.lists(st.integers(0, 14), min_size=4))
def test_a_number_that_did_not_change_is_not_told_by_hiding_another_beside_it(
    values: list[int], more: list[int]
) -> None:
    before = by_group({f"g{at}": value for at, value in enumerate(values)}, name="n")
    grown = {f"g{at}": value + more[at] for at, value in enumerate(values)}
    assert_safe_together(released(before, by_group(grown, name="n")))
