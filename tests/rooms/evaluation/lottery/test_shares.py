"""Nobody owns the lottery: two shares, both committed, make the seed (R137)."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from payforsuccess.evaluation.lottery.shares import (
    combined_seed,
    commitment_of,
    fits,
    locked_share,
    other_holder,
    pad_of,
    seal_of,
)

SHARE, OTHER, SALT = b"a" * 32, b"b" * 32, b"c" * 32
TERMS = "sha256:" + "1" * 64


def framed(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def test_a_commitment_is_the_sha_256_of_holder_salt_and_share() -> None:
    """R137: an auditor can compute it without this program."""
    by_hand = hashlib.sha256(
        framed(b"payforsuccess lottery commitment 1", b"payor", SALT, SHARE)
    ).hexdigest()

    assert commitment_of("payor", SHARE, SALT) == f"sha256:{by_hand}"


def test_the_seed_is_made_of_both_shares_and_the_terms() -> None:
    """R137: evaluator's share and payor's share; the terms keep it to one lottery."""
    key = hashlib.sha256(framed(b"payforsuccess lottery seed 1", SHARE, OTHER)).digest()
    by_hand = hmac.new(key, TERMS.encode(), hashlib.sha256).digest()

    assert combined_seed(SHARE, OTHER, terms=TERMS) == by_hand
    assert combined_seed(OTHER, SHARE, terms=TERMS) != by_hand
    assert combined_seed(SHARE, OTHER, terms="sha256:" + "2" * 64) != by_hand


def test_one_bit_of_either_share_changes_half_of_the_seed() -> None:
    here = int.from_bytes(combined_seed(SHARE, OTHER, terms=TERMS), "big")
    for changed in (
        combined_seed(bytes([SHARE[0] ^ 1]) + SHARE[1:], OTHER, terms=TERMS),
        combined_seed(SHARE, bytes([OTHER[0] ^ 1]) + OTHER[1:], terms=TERMS),
    ):
        assert 80 < (here ^ int.from_bytes(changed, "big")).bit_count() < 176


def test_a_commitment_fits_its_own_share_salt_and_holder_alone() -> None:
    """R137: a holder cannot publish the other's commitment as its own."""
    made = commitment_of("evaluator", SHARE, SALT)

    assert fits("evaluator", SHARE, SALT, made)
    assert not fits("payor", SHARE, SALT, made)
    assert not fits("evaluator", OTHER, SALT, made)
    assert not fits("evaluator", SHARE, OTHER, made)


def test_the_seal_does_not_hang_on_who_committed_first() -> None:
    assert seal_of(payor="p", evaluator="e") == seal_of(evaluator="e", payor="p")
    assert seal_of("e", "p") != seal_of("p", "e")


def test_a_locked_share_opens_with_its_passphrase_and_with_no_other() -> None:
    locked = locked_share(SHARE, pad_of("five words", SALT, cost=2))

    assert locked != SHARE
    assert locked_share(locked, pad_of("  five   words ", SALT, cost=2)) == SHARE
    assert locked_share(locked, pad_of("five word", SALT, cost=2)) != SHARE


def test_a_share_of_another_length_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        combined_seed(b"short", OTHER, terms=TERMS)


def test_each_holder_has_another() -> None:
    assert (other_holder("payor"), other_holder("evaluator")) == ("evaluator", "payor")
