"""Laws of the lottery: replay gives the same, nobody shifts anyone, and every block is full."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.evaluation.lottery.draws import blocks, treated_positions
from payforsuccess.evaluation.lottery.entries import Alias, Assigned, Departed, Entry, Withdrawn
from payforsuccess.evaluation.lottery.listed import arms_of
from payforsuccess.evaluation.lottery.replay import draw_difference, order_difference
from payforsuccess.evaluation.lottery.shares import combined_seed, commitment_of, seal_of
from payforsuccess.evaluation.lottery.terms import LotteryTerms
from tests.lib.lotteries import DRAWN, a_lottery, drawn, opened, referred, seed_for

SITES = ("north", "south", "west")
seeds = st.binary(min_size=32, max_size=32)


@st.composite
def lotteries(draw: st.DrawFn) -> LotteryTerms:
    share = draw(st.sampled_from([Fraction(1, 2), Fraction(1, 3), Fraction(2, 3), Fraction(3, 4)]))
    multiples = draw(st.sampled_from([(), (1, 2), (2, 3, 5)]))
    return a_lottery(
        share=share,
        sizes=tuple(one * share.denominator for one in multiples),
        strata=("site",),
        values=(SITES,),
        cluster=draw(st.sampled_from([None, "home"])),
    )


batches = st.lists(st.lists(st.sampled_from(SITES), max_size=6), min_size=1, max_size=6)


def homes(site: str, number: int) -> str:
    """A home of two or three people, all of one site."""
    return f"{site}-{number // 3}"


@given(lotteries(), batches, st.data())
def test_replay_gives_the_same_whatever_was_noted_between(
    terms: LotteryTerms, sites: list[list[str]], data: st.DataObject
) -> None:
    """R83, R137: withdrawals, aliases, overrides and batches shift no one."""
    quiet = noisy = opened(terms)
    number = 0
    for batch in sites:
        rows = []
        for site in batch:
            rows += referred(f"p{number}", site=site, home=homes(site, number))
            number += 1
        for row in rows:
            quiet = drawn(quiet, terms, [row])
        noisy = drawn(noisy, terms, rows)
        if noisy.drawn:
            person = data.draw(st.sampled_from(list(noisy.drawn)))
            noted: list[Entry] = [
                Withdrawn(DRAWN, "D. Name", person, "moved"),
                Departed(DRAWN, "D. Name", person, "override", "A judge", "ordered"),
                Alias(DRAWN, "D. Name", person, f"{person}-again", "one person"),
            ]
            noisy = noisy.and_then(data.draw(st.lists(st.sampled_from(noted), max_size=3)))
    arms = arms_of(noisy)

    assert {person: arms[person] for person in quiet.drawn} == arms_of(quiet)
    assert order_difference(noisy, terms) is None
    assert draw_difference(noisy, seed_for(terms), terms) is None


@given(lotteries(), st.lists(st.sampled_from(SITES), min_size=2, max_size=20), st.data())
def test_an_alias_has_the_first_draw_and_moves_nobody_else(
    terms: LotteryTerms, sites: list[str], data: st.DataObject
) -> None:
    """R137."""
    rows = [
        row
        for number, site in enumerate(sites)
        for row in referred(f"p{number}", site=site, home=homes(site, number))
    ]
    listed = drawn(opened(terms), terms, rows)
    one, other = data.draw(st.permutations(list(listed.drawn)))[:2]
    order = list(listed.drawn)
    first, second = sorted((one, other), key=order.index)
    before = arms_of(listed)
    after = arms_of(listed.and_then([Alias(DRAWN, "D. Name", one, other, "one person")]))

    assert after == {**before, second: before[first]}


@given(
    seeds,
    st.sampled_from([Fraction(1, 2), Fraction(1, 3), Fraction(2, 5)]),
    st.lists(st.integers(1, 5), min_size=2, max_size=4, unique=True),
    st.integers(0, 120),
)
def test_margins_hold_in_every_block_and_more_people_change_no_earlier_draw(
    seed: bytes, share: Fraction, multiples: list[int], people: int
) -> None:
    sizes = tuple(one * share.denominator for one in multiples)
    found = treated_positions(seed, (), people=people, share=share, sizes=sizes)
    more = treated_positions(seed, (), people=people + 40, share=share, sizes=sizes)

    assert more[:people] == found
    assert len(found) == people
    for block in islice(blocks(seed, (), sizes), 10):
        if block[-1] <= people:
            assert sum(found[position - 1] for position in block) == len(block) * share


@given(seeds, seeds, seeds)
def test_who_commits_first_changes_neither_seal_nor_seed(
    share: bytes, other: bytes, salt: bytes
) -> None:
    """R137: shares go in by holder, so the order of the commitments is nothing."""
    evaluator = commitment_of("evaluator", share, salt)
    payor = commitment_of("payor", other, salt)
    made = {"payor": payor, "evaluator": evaluator}
    turned = dict(reversed(made.items()))

    assert seal_of(**made) == seal_of(**turned)
    assert combined_seed(share, other, terms="t") == combined_seed(
        payor=other, evaluator=share, terms="t"
    )


@given(lotteries(), st.integers(1, 8))
def test_a_cluster_is_never_parted(terms: LotteryTerms, people: int) -> None:
    if terms.cluster is None:
        return
    rows = [
        row
        for number in range(people * 3)
        for row in referred(f"p{number}", site="north", home=f"h{number % people}")
    ]
    found: dict[str | None, set[str]] = {}
    for entry in drawn(opened(terms), terms, rows).of(Assigned):
        found.setdefault(entry.cluster, set()).add(entry.arm)

    assert len(found) == people
    assert all(len(arms) == 1 for arms in found.values())


@given(
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=12),
    st.integers(0, 8),
)
def test_aliases_turn_round_nothing_that_was_told(
    pairs: list[tuple[int, int]], drawn_before: int
) -> None:
    """R137: whatever chain of aliases is found, and when; the earliest draw is the one analysed."""
    terms = a_lottery()
    people = [f"p{number}" for number in range(12)]
    listed = drawn(opened(terms), terms, referred(*people[:drawn_before]))
    told: dict[str, str] = {}
    for turn, (one, other) in enumerate(pairs):
        if turn == len(pairs) // 2:
            for person in people[:9]:
                listed = drawn(listed, terms, referred(person))
        if one != other:
            listed = listed.and_then([Alias(DRAWN, "D. Name", people[one], people[other], "one")])
        for key in people:
            draw = listed.told_draw_of(key)
            if draw is not None:
                assert told.setdefault(key, draw.arm) == draw.arm
    order = list(listed.drawn)

    for key in people:
        mine = [each for each in order if each in listed.keys_of(key)]
        assert (arms_of(listed).get(key) is None) == (not mine)
        if mine:
            assert arms_of(listed)[key] == listed.drawn[mine[0]].arm
            assert (listed.told_draw_of(key) is None) == (listed.draw_of(key) is None)
