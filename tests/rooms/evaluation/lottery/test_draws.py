"""What the seed decides for each position (R83, R137)."""

from __future__ import annotations

import hashlib
import hmac
from fractions import Fraction
from itertools import islice

import pytest

from payforsuccess.evaluation.lottery.draws import (
    blocks,
    chance_at,
    lowest,
    treated_positions,
)

SEED = bytes(range(32))
HALF = Fraction(1, 2)
MANY = 10_000


def test_a_draw_is_hmac_sha_256_of_seed_stratum_and_position() -> None:
    """R83: an auditor can draw again without this program."""
    by_hand = hmac.new(SEED, b'["draw",["north"],3]', hashlib.sha256).digest()

    assert chance_at(SEED, ("north",), 3) == int.from_bytes(by_hand, "big")


def test_a_position_is_treated_when_its_number_lies_below_the_share() -> None:
    for share in (HALF, Fraction(1, 3), Fraction(3, 4)):
        found = treated_positions(SEED, (), people=50, share=share)
        numbers = [chance_at(SEED, (), position) for position in range(1, 51)]

        assert list(found) == [Fraction(number, 2**256) < share for number in numbers]


def test_in_every_block_the_share_holds_exactly() -> None:
    """R137: blocks of sealed, random sizes."""
    found = treated_positions(SEED, (), people=1000, share=Fraction(1, 3), sizes=(3, 6, 9))
    sizes = set()
    for block in islice(blocks(SEED, (), (3, 6, 9)), 100):
        inside = [found[position - 1] for position in block]
        sizes.add(len(block))
        assert sum(inside) * 3 == len(block)

    assert sizes == {3, 6, 9}


def test_sizes_and_orders_of_blocks_differ_between_strata_and_seeds() -> None:
    def first(seed: bytes, stratum: str) -> list[int]:
        return [len(block) for block in islice(blocks(seed, (stratum,), (4, 6, 8)), 40)]

    assert first(SEED, "north") == first(SEED, "north")
    assert first(SEED, "north") != first(SEED, "south")
    assert first(SEED, "north") != first(SEED[::-1], "north")


def test_as_many_win_as_there_are_places_and_they_have_the_lowest_numbers() -> None:
    won = lowest(SEED, ("round 1",), range(1, 41), places=12)
    numbers = {position: chance_at(SEED, ("round 1",), position) for position in range(1, 41)}

    assert len(won) == 12
    assert max(numbers[one] for one in won) < min(
        numbers[other] for other in numbers if other not in won
    )


@pytest.mark.parametrize("sizes", [(), (4, 6, 8)])
def test_the_draw_is_fair(sizes: tuple[int, ...]) -> None:
    """R83: over many seeds each position is treated by the share, within one in a million."""
    counts = [0, 0, 0, 0]
    for number in range(MANY):
        seed = hashlib.sha256(number.to_bytes(4, "big")).digest()
        for place, treated in enumerate(
            treated_positions(seed, (), people=4, share=HALF, sizes=sizes)
        ):
            counts[place] += treated
    # 4.9 standard deviations of a fair coin: passed by chance once in a million.
    bound = 4.9 * (MANY / 4) ** 0.5

    assert all(abs(count - MANY / 2) < bound for count in counts)


def test_places_go_to_everyone_who_waits_alike() -> None:
    """R83: three of ten places, over many seeds."""
    counts = dict.fromkeys(range(1, 11), 0)
    rounds = 5_000
    for number in range(rounds):
        seed = hashlib.sha256(number.to_bytes(4, "big")).digest()
        for position in lowest(seed, ("round 1",), range(1, 11), places=3):
            counts[position] += 1
    bound = 4.9 * (rounds * 0.3 * 0.7) ** 0.5

    assert all(abs(count - rounds * 0.3) < bound for count in counts.values())


def test_within_a_block_every_arrangement_is_as_likely() -> None:
    """R83: the six ways to treat two of four, over many seeds."""
    seen: dict[tuple[bool, ...], int] = {}
    for number in range(MANY):
        seed = hashlib.sha256(number.to_bytes(4, "big")).digest()
        found = treated_positions(seed, (), people=4, share=HALF, sizes=(4,))
        seen[found] = seen.get(found, 0) + 1
    bound = 4.9 * (MANY * (1 / 6) * (5 / 6)) ** 0.5

    assert len(seen) == 6
    assert all(abs(count - MANY / 6) < bound for count in seen.values())
