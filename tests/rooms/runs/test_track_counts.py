"""What `track` hides: small counts, what would tell them, and what grew by few."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.disclosure import HIDDEN
from payforsuccess.measures.referral_flow import STAGES, STANDINGS
from payforsuccess.runs.track.flow import flows_of, shown_flows
from payforsuccess.runs.track.trends import (
    ALL,
    OTHERS,
    OWN,
    Count,
    Course,
    course_facts,
    shown_number,
    suppressed,
)


def shown(course: Course, group: str, period: int) -> tuple[str, str, str]:
    number = shown_number(course, suppressed(course_facts(course), threshold=10), group, period)
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


def test_a_sum_that_rests_on_few_people_is_hidden_and_zero_is_shown() -> None:
    counts = {
        (ALL, 1): Count(3, 50, Fraction(900)),
        (ALL, 2): Count(0, 50, Fraction(0)),
        (ALL, 3): Count(20, 50, Fraction(7, 2)),
    }
    course = Course((1, 2, 3), (ALL,), counts, is_share=False)

    assert [shown(course, ALL, period)[:2] for period in (1, 2, 3)] == [
        (HIDDEN, "50"),
        ("0", "50"),
        ("3.5", "50"),
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
    for flow in shown_flows(flows, "North", threshold=10):
        numbers = [flow.referred, *(s.count for s in flow.stages), *(c for _, c in flow.standing)]
        assert not [n for n in numbers if n != HIDDEN and 1 <= int(n.replace(",", "")) <= 10]
        assert all((s.count == HIDDEN) == (s.median_days == HIDDEN) for s in flow.stages)
