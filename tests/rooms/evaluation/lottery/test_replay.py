"""An auditor's replay names the first difference (R83, R137)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from payforsuccess.evaluation.lottery.entries import Alias, Assigned, Entry, RoundHeld
from payforsuccess.evaluation.lottery.listed import AssignmentList
from payforsuccess.evaluation.lottery.replay import (
    draw_difference,
    number_of,
    order_difference,
    seed_of,
    share_difference,
)
from tests.lib.lotteries import (
    DRAWN,
    FIRST,
    SHARES,
    a_lottery,
    drawn,
    opened,
    referred,
    revealed,
    seed_for,
)

TERMS = a_lottery(sizes=(4, 6))
CLUSTERS = a_lottery(cluster="home")
ROUNDS = a_lottery(in_rounds=True)
PEOPLE = tuple(f"p{number}" for number in range(12))
LISTED = drawn(opened(TERMS), TERMS, referred(*PEOPLE))


def changed(listed: AssignmentList, number: int, how: Callable[[Entry], Entry]) -> AssignmentList:
    """The list made anew, every checksum right, with one entry changed."""
    entries = [link.entry for link in listed.links]
    entries[number - 1] = how(entries[number - 1])
    return AssignmentList().and_then(entries)


def other_arm(entry: Entry) -> Entry:
    assert isinstance(entry, Assigned)
    return replace(entry, arm="coach" if entry.arm == "no-coach" else "no-coach")


def test_the_published_shares_give_every_draw_again() -> None:
    """R83."""
    whole = revealed(LISTED)
    seed = seed_of(whole, TERMS)

    assert seed == seed_for(TERMS)
    assert seed is not None
    assert share_difference(whole) is None
    assert order_difference(whole, TERMS) is None
    assert draw_difference(whole, seed, TERMS) is None


def test_while_a_share_is_sealed_there_is_no_seed() -> None:
    """R137: one share alone tells nobody what comes next."""
    one = AssignmentList(revealed(LISTED).links[:-1])

    assert seed_of(LISTED, TERMS) is None
    assert seed_of(one, TERMS) is None


def test_an_arm_that_was_changed_is_the_first_difference() -> None:
    twice = changed(changed(LISTED, 9, other_arm), 7, other_arm)
    found = draw_difference(twice, seed_for(TERMS), TERMS)

    assert found is not None
    assert (found.number, "the other arm" in str(found)) == (7, True)


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ({"position": 9}, "not the next one"),
        ({"person": "p0"}, "drawn twice"),
        ({"referred_on": FIRST - timedelta(1)}, "before the opening"),
        ({"arm": "third"}, "no such arm"),
    ],
)
def test_a_draw_out_of_order_is_found_while_the_seed_is_sealed(
    how: dict[str, object], says: str
) -> None:
    found = order_difference(changed(LISTED, 5, lambda entry: replace(entry, **how)), TERMS)  # type: ignore[arg-type]

    assert found is not None
    assert found.number == 5
    assert says in found.what


def test_a_draw_before_the_opening_or_after_a_share_is_published_is_found() -> None:
    entries = [link.entry for link in LISTED.links]
    early = AssignmentList().and_then([*entries[:2], entries[3], entries[2]])
    late = AssignmentList().and_then([*[link.entry for link in revealed(LISTED).links], entries[3]])

    assert "before the opening" in str(order_difference(early, TERMS))
    assert "after a share was published" in str(order_difference(late, TERMS))


def test_a_share_other_than_the_committed_one_is_found() -> None:
    """R137."""
    found = share_difference(revealed(LISTED, payor=SHARES["evaluator"]))

    assert found is not None
    assert "the share of the payor" in found.what
    assert share_difference(revealed(LISTED, payor=b"short")) is not None


def test_a_seal_of_other_commitments_is_found() -> None:
    other = changed(LISTED, 3, lambda entry: replace(entry, seal="sha256:" + "0" * 64))  # type: ignore[call-arg]

    assert "the seal" in str(share_difference(other))


def test_a_cluster_drawn_in_parts_is_found() -> None:
    listed = drawn(opened(CLUSTERS), CLUSTERS, referred("a", "b", "c", home="h1"))

    assert order_difference(listed, CLUSTERS) is None
    assert "in parts" in str(order_difference(changed(listed, 5, other_arm), CLUSTERS))


def test_rounds_are_drawn_again_too() -> None:
    listed = drawn(opened(ROUNDS), ROUNDS, referred(*PEOPLE[:7]), places=3)
    listed = drawn(listed, ROUNDS, referred(*PEOPLE[7:]), places=2)
    seed = seed_for(ROUNDS)

    assert order_difference(listed, ROUNDS) is None
    assert draw_difference(listed, seed, ROUNDS) is None
    assert draw_difference(changed(listed, 6, other_arm), seed, ROUNDS) is not None


@pytest.mark.parametrize("how", [{"people": 8}, {"people": 6}, {"round": 2}, {"places": 7}])
def test_a_round_that_is_not_whole_is_found(how: dict[str, int]) -> None:
    listed = drawn(opened(ROUNDS), ROUNDS, referred(*PEOPLE[:7]), places=3)
    held = next(link.number for link in listed.links if isinstance(link.entry, RoundHeld))
    other = changed(listed, held, lambda entry: replace(entry, **how))  # type: ignore[arg-type]

    assert order_difference(other, ROUNDS) is not None


def test_a_head_that_was_noted_is_found_again() -> None:
    more = drawn(LISTED, TERMS, referred("later"), on=DRAWN)

    assert number_of(more.links, LISTED.head or "") == len(LISTED.links)
    assert number_of(changed(more, 5, other_arm).links, LISTED.head or "") is None


def test_a_key_that_only_looks_different_and_was_drawn_again_is_a_difference() -> None:
    """R137: a list made by hand; an alias makes it honest."""
    retyped = changed(LISTED, 6, lambda entry: replace(entry, person="P-0"))  # type: ignore[arg-type]
    joined = retyped.and_then([Alias(DRAWN, "D. Name", "p0", "P-0", "one person")])
    found = order_difference(retyped, TERMS)

    assert found is not None
    assert (found.number, found.what) == (6, "a person was drawn twice.")
    assert order_difference(joined, TERMS) is None
