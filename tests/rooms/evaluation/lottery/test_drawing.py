"""The draw: once a person, in strata, blocks, clusters and rounds (R83, R116, R136, R137)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from payforsuccess.errors import Place, Refusal
from payforsuccess.evaluation.lottery.drawing import Referral
from payforsuccess.evaluation.lottery.entries import (
    Alias,
    Assigned,
    Departed,
    MetAgain,
    Outside,
    RoundHeld,
    Withdrawn,
    link_from,
)
from payforsuccess.evaluation.lottery.listed import AssignmentList, arms_of, broken_at, people_of
from payforsuccess.evaluation.lottery.terms import LotteryTerms
from payforsuccess.evaluation.lottery.told import told_of
from tests.lib.lotteries import DRAWN, FIRST, a_lottery, drawn, opened, referred

TERMS = a_lottery(sizes=(4, 6))
STRATA = a_lottery(strata=("site",), values=(("north", "south"),), sizes=(2, 4))
CLUSTERS = a_lottery(cluster="home")
ROUNDS = a_lottery(in_rounds=True)
PEOPLE = tuple(f"p{number}" for number in range(24))


def refused(
    terms: LotteryTerms,
    *referrals: Referral,
    listed: AssignmentList | None = None,
    places: int | None = None,
) -> str:
    with pytest.raises(Refusal) as refusal:
        drawn(listed or opened(terms), terms, referrals, places=places)
    return str(refusal.value)


def test_everyone_is_drawn_once_in_the_order_of_referrals() -> None:
    """R83."""
    listed = drawn(opened(TERMS), TERMS, referred(*PEOPLE))

    assert [entry.position for entry in listed.of(Assigned)] == list(range(1, 25))
    assert list(listed.drawn) == list(PEOPLE)
    assert set(arms_of(listed).values()) == {"coach", "no-coach"}


def test_it_does_not_matter_how_referrals_are_cut_into_batches() -> None:
    whole = drawn(opened(TERMS), TERMS, referred(*PEOPLE))
    parts = opened(TERMS)
    for person in PEOPLE:
        parts = drawn(parts, TERMS, referred(person))

    assert arms_of(parts) == arms_of(whole)


def test_a_person_referred_again_meets_the_earlier_draw() -> None:
    """R116."""
    listed = drawn(opened(TERMS), TERMS, referred(*PEOPLE))
    again = drawn(listed, TERMS, referred("p3", on=DRAWN + timedelta(9)), on=DRAWN + timedelta(9))

    assert arms_of(again) == arms_of(listed)
    assert isinstance(again.links[-1].entry, MetAgain)


def test_an_alias_found_later_keeps_the_first_draw() -> None:
    """R137."""
    listed = drawn(opened(TERMS), TERMS, referred(*PEOPLE))
    arms = arms_of(listed)
    other = next(person for person in PEOPLE if arms[person] != arms["p0"])
    found = listed.and_then([Alias(DRAWN, "D. Name", other, "p0", "one person, two keys")])

    assert arms_of(found)[other] == arms["p0"]
    assert len(people_of(found)) == len(PEOPLE) - 1
    assert {p: a for p, a in arms_of(found).items() if p != other} == {
        p: a for p, a in arms.items() if p != other
    }


def test_an_alias_never_drawn_meets_the_draw_of_the_person() -> None:
    """R137."""
    listed = drawn(opened(TERMS), TERMS, referred("p0"))
    listed = listed.and_then([Alias(DRAWN, "D. Name", "p0", "p0-again", "one person")])
    listed = listed.and_then([Alias(DRAWN, "D. Name", "p0-again", "p0-third", "one person")])
    listed = drawn(listed, TERMS, referred("p0-third"))

    assert len(list(listed.of(Assigned))) == 1
    assert arms_of(listed)["p0-third"] == arms_of(listed)["p0"]


def test_withdrawals_overrides_and_crossovers_change_no_arm() -> None:
    """R83, R137."""
    listed = drawn(opened(TERMS), TERMS, referred(*PEOPLE[:9]))
    noted = listed.and_then(
        [
            Withdrawn(DRAWN, "D. Name", "p1", "moved"),
            Departed(DRAWN, "D. Name", "p2", "override", "A judge", "ordered"),
            Departed(DRAWN, "D. Name", "p4", "crossover", "Nobody", "found a coach"),
        ]
    )

    assert arms_of(noted) == arms_of(listed)
    assert arms_of(drawn(noted, TERMS, referred(*PEOPLE[9:]))) == arms_of(
        drawn(listed, TERMS, referred(*PEOPLE[9:]))
    )


def test_each_stratum_counts_its_own_positions() -> None:
    north, south = referred("a", "b", "c", site="north"), referred("d", "e", site="south")
    mixed = (north[0], south[0], north[1], south[1], north[2])
    listed = drawn(opened(STRATA), STRATA, mixed)
    apart = drawn(drawn(opened(STRATA), STRATA, north), STRATA, south)

    assert [(e.stratum, e.position) for e in listed.of(Assigned)] == [
        (("north",), 1),
        (("south",), 1),
        (("north",), 2),
        (("south",), 2),
        (("north",), 3),
    ]
    assert arms_of(listed) == arms_of(apart)


def test_a_cluster_is_drawn_whole_and_keeps_its_arm() -> None:
    homes = {f"home-{number}": [f"{number}-{one}" for one in "abc"] for number in range(20)}
    listed = opened(CLUSTERS)
    for one in range(3):  # one person of each home at a time
        for home, people in homes.items():
            listed = drawn(listed, CLUSTERS, referred(people[one], home=home))
    arms = arms_of(listed)

    assert all(len({arms[person] for person in people}) == 1 for people in homes.values())
    assert {arms[people[0]] for people in homes.values()} == {"coach", "no-coach"}
    assert len(listed.clusters) == 20


def test_places_are_drawn_as_they_open_and_nobody_waits_twice() -> None:
    first = drawn(opened(ROUNDS), ROUNDS, referred(*PEOPLE[:10]), places=3)
    second = drawn(first, ROUNDS, referred(*PEOPLE[5:20]), places=4)
    arms = list(arms_of(second).values())

    assert [(held.round, held.places, held.people) for held in second.of(RoundHeld)] == [
        (1, 3, 10),
        (2, 4, 10),
    ]
    assert arms[:10].count("coach") == 3
    assert arms[10:].count("coach") == 4
    assert len(list(second.of(MetAgain))) == 5


def test_who_is_not_drawn_waits_until_a_day_that_is_on_record() -> None:
    """R116."""
    for entry in drawn(opened(TERMS), TERMS, referred(*PEOPLE)).of(Assigned):
        assert (entry.excluded_until is None) == (entry.arm == "coach")


def test_the_checksum_of_identifiers_stands_with_the_draw() -> None:
    """R136: what was known at referral is frozen before the draw."""
    one = replace(referred("p0")[0], identifiers="sha256:" + "9" * 64)
    (entry,) = drawn(opened(TERMS), TERMS, [one]).of(Assigned)

    assert entry.identifiers == one.identifiers


@pytest.mark.parametrize(
    ("terms", "referrals", "says"),
    [
        (TERMS, referred("p0", "p0"), "listed twice"),
        (TERMS, referred("p0", on=DRAWN + timedelta(1)), "after the draw"),
        (TERMS, referred("p0", on=FIRST - timedelta(1)), "before the lottery was opened"),
        (STRATA, referred("p0", site="North"), "none of those that the plan lists"),
        (STRATA, referred("p0"), "none of those that the plan lists"),
        (CLUSTERS, referred("p0"), "home, is missing"),
    ],
)
def test_a_referral_that_cannot_be_drawn_is_refused(
    terms: LotteryTerms, referrals: tuple[Referral, ...], says: str
) -> None:
    assert says in refused(terms, *referrals)


def test_every_row_is_told_and_no_key_is_shown() -> None:
    rows = [
        replace(each, where=Place("referrals.csv", number))
        for number, each in enumerate(referred("k1", "k1", "k2", site="eest"), 2)
    ]
    told = refused(STRATA, *rows)

    assert told.count("referrals.csv") == 4
    assert "k1" not in told
    assert "eest" not in told


def test_two_keys_of_one_person_in_one_file_are_one_person_twice() -> None:
    listed = drawn(opened(TERMS), TERMS, referred("p0"))
    listed = listed.and_then([Alias(DRAWN, "D. Name", "p0", "p9", "one person")])

    assert "listed twice" in refused(TERMS, *referred("p9", "p0"), listed=listed)


def test_who_was_placed_outside_is_never_drawn() -> None:
    """R114."""
    listed = opened(TERMS).and_then([Outside(DRAWN, "D. Name", "p0", "A court", "ordered")])

    assert "placed outside of the lottery" in refused(TERMS, *referred("p0"), listed=listed)


def test_a_cluster_lies_in_one_stratum() -> None:
    terms = replace(STRATA, cluster="home")
    two = (*referred("a", site="north", home="h1"), *referred("b", site="south", home="h1"))

    assert "not that of the others in its cluster" in refused(terms, *two)


@pytest.mark.parametrize("places", [0, 3, 4])
def test_where_there_is_a_place_for_everyone_nobody_is_drawn(places: int) -> None:
    """R114: chance decides where places are scarce, and nowhere else."""
    assert "for 3 people who wait" in refused(ROUNDS, *referred("a", "b", "c"), places=places)


def test_a_referrer_is_told_placed_or_services_as_usual_and_never_declined() -> None:
    """R116."""
    before = opened(TERMS)
    listed = drawn(before, TERMS, referred(*PEOPLE))
    added = [link.entry for link in listed.links[len(before.links) :]]
    told = told_of(
        listed, added, terms=TERMS, provider="Example Coaches", others_receive="the job centre."
    )
    words = "\n".join(map(str, told))

    assert {each.says for each in told} == {"placed", "services as usual"}
    assert "Today: hand over to Example Coaches." in words
    assert "Today: the job centre. May be served outside of the comparison from 2027" in words
    for never in ("declined", "rejected", "control", "coach:", "no-coach"):
        assert never not in words


def test_an_entry_is_read_as_it_was_written() -> None:
    listed = drawn(opened(STRATA), STRATA, referred("a", "b", site="north"))
    listed = drawn(listed, STRATA, referred("a", site="north"))

    assert tuple(link_from(link.as_plain()) for link in listed.links) == listed.links
    assert broken_at(listed.links) is None
    assert broken_at(listed.links[:2] + listed.links[3:]) == 3
    with pytest.raises(ValueError, match="entry"):
        link_from({**listed.links[-1].as_plain(), "more": 1})
    with pytest.raises(ValueError, match="entry"):
        link_from({"kind": "other"})


def test_days_are_days() -> None:
    (entry,) = drawn(opened(TERMS), TERMS, referred("a")).of(Assigned)

    assert isinstance(entry.referred_on, date)
