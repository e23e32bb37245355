"""What `track` hides: small counts, what would tell them, and what grew by few."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.disclosure import HIDDEN, suppress
from payforsuccess.measures.referral_flow import STAGES, STANDINGS
from payforsuccess.runs.track.courses import with_members
from payforsuccess.runs.track.flow import flows_of, shown_flows
from payforsuccess.runs.track.flow import with_members as with_referrals
from payforsuccess.runs.track.linked import linked_facts
from payforsuccess.runs.track.trends import ALL, OTHERS, OWN, Count, Course, shown_number

NO_FLOW = flows_of([], None)


def shown(course: Course, group: str, period: int | None) -> tuple[str, str, str]:
    release = suppress(linked_facts(NO_FLOW, [course], threshold=10))
    number = shown_number(course, release, group, period)
    return number.value, number.people, number.rate


def share(counts: dict[tuple[str, int], tuple[int, int]], *, to_date: bool = False) -> Course:
    groups = tuple(dict.fromkeys(group for group, _ in counts))
    periods = tuple(dict.fromkeys(period for _, period in counts))
    made = {spot: Count(did, of, Fraction(did)) for spot, (did, of) in counts.items()}
    return Course(periods, groups, made, is_share=True, to_date=to_date)


def test_all_of_twelve_and_none_of_twelve_are_hidden_and_no_one_is_shown() -> None:
    course = share({(ALL, 1): (12, 12), (ALL, 2): (0, 12), (ALL, 3): (0, 0), (ALL, 4): (20, 40)})

    assert [shown(course, ALL, period) for period in (1, 2, 3, 4)] == [
        (HIDDEN, "12", HIDDEN),
        (HIDDEN, "12", HIDDEN),
        ("0", "0", "no one"),
        ("20", "40", "50% (35% to 65%)"),
    ]


def test_what_few_others_did_cannot_be_had_by_taking_own_from_all() -> None:
    course = share({(ALL, 1): (33, 60), (OWN, 1): (30, 45), (OTHERS, 1): (3, 15)})

    both = [shown(course, group, 1)[0] for group in (ALL, OWN)]

    assert HIDDEN in both


def test_a_result_to_date_hides_what_few_people_added() -> None:
    course = share({(ALL, 1): (20, 40), (ALL, 2): (3, 20)}, to_date=True)

    values = [shown(course, ALL, period)[0] for period in (1, 2)]

    assert HIDDEN in values and values != [HIDDEN, HIDDEN]


def test_a_sum_that_rests_on_few_people_is_hidden_and_zero_and_the_sum_of_all_are_shown() -> None:
    counts = {
        (ALL, 1): Count(3, 50, Fraction(900)),
        (ALL, 2): Count(0, 50, Fraction(0)),
        (ALL, 3): Count(20, 50, Fraction(7, 2)),
    }
    course = Course((1, 2, 3), (ALL,), counts, is_share=False)

    assert [shown(course, ALL, period)[:2] for period in (1, 2, 3, None)] == [
        (HIDDEN, "50"),
        ("0", "50"),
        (HIDDEN, "50"),
        ("903.5", "150"),
    ]


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["court", "self", "jail-release"]),
        st.sampled_from(["North", "South"]),
        st.sampled_from(STANDINGS[:4]),
        st.integers(0, len(STAGES)),
        st.integers(1, 30),
    ),
    min_size=1,
    max_size=8,
)


@given(ROWS)
def test_no_count_from_1_to_10_is_shown_and_the_flow_closes(
    drawn: list[tuple[str, str, str, int, int]],
) -> None:
    rows = [
        {
            "source": source,
            "site": site,
            **{stage: 5 if at < reached else None for at, stage in enumerate(STAGES)},
            **{name: int(name == stands) for name in STANDINGS},
            "referrals": count,
        }
        for source, site, stands, reached, count in drawn
    ]
    flows = flows_of(rows, "North")

    assert flows.closes
    release = suppress(linked_facts(flows, [], threshold=10))
    for flow in shown_flows(flows, "North", release):
        numbers = [flow.referred, *(s.count for s in flow.stages), *(c for _, c in flow.standing)]
        assert not [n for n in numbers if n != HIDDEN and 1 <= int(n.replace(",", "")) <= 10]
        assert all((s.count == HIDDEN) == (s.median_days == HIDDEN) for s in flow.stages)


def due(outcome: str, known: dict[int, range], *, reached: range) -> Course:
    """Who had a result by period, those in `reached` a good one."""
    rows = [
        {"enrolment": f"e{at}", "period": period, "quantity": int(at in reached)}
        for period, people in known.items()
        for at in people
    ]
    counts = {
        (ALL, period): Count(
            len(set(people) & set(reached)), len(people), Fraction(len(set(people) & set(reached)))
        )
        for period, people in known.items()
    }
    course = Course(tuple(known), (ALL,), counts, is_share=True, outcome=outcome)
    return with_members(course, rows, ())


def test_one_who_died_is_not_told_by_two_outcomes_of_the_same_people() -> None:
    """26 have a result of one outcome and 25 of the other: one of them is lost."""
    homes = due("homes", {4: range(16), 5: range(16, 42)}, reached=range(4, 31))
    returns = due("returns", {6: range(16), 7: range(16, 41)}, reached=range(4, 29))

    release = suppress(linked_facts(NO_FLOW, [homes, returns], threshold=10))

    beside = [
        shown_number(course, release, ALL, period).people
        for course, period in ((homes, 5), (returns, 7))
    ]
    assert HIDDEN in beside


def test_different_people_who_happen_to_be_as_many_hide_nothing() -> None:
    homes = due("homes", {4: range(40)}, reached=range(20))
    others = due("others", {4: range(50, 88)}, reached=range(50, 69))

    release = suppress(linked_facts(NO_FLOW, [homes, others], threshold=10))

    assert [shown_number(c, release, ALL, 4).people for c in (homes, others)] == ["40", "38"]


def test_few_of_the_enrolled_without_a_result_are_not_told_by_the_sum_of_all_periods() -> None:
    """50 enrolled and 20 + 27 with a result: 3 have none."""
    rows = [
        {
            "enrolment": f"e{at}",
            "source": "court",
            "site": None,
            **dict.fromkeys(STAGES, 5 if at < 50 else None),
            **{name: int(name == ("active" if at < 50 else "waiting")) for name in STANDINGS},
            "referrals": 1,
        }
        for at in range(70)
    ]
    flows = with_referrals(flows_of(rows, None), rows, None)
    homes = due("homes", {4: range(20), 5: range(20, 47)}, reached=range(4, 31))

    release = suppress(linked_facts(flows, [homes], threshold=10))

    known = [shown_number(homes, release, ALL, period).people for period in (4, 5)]
    assert HIDDEN in known or "enrolled" not in release.shown
    low, high = release.proof["enrolled less whose homes is known"]
    assert high - low >= 5
