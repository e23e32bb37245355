"""Two secret shares and the seed made of them: neither party can choose or know it alone (R137)."""

from __future__ import annotations

import hashlib
import hmac
from typing import Literal

Holder = Literal["evaluator", "payor"]
HOLDERS: tuple[Holder, ...] = ("evaluator", "payor")
SHARE_BYTES = 32
"""Random bytes in a share, and in the salt of its commitment: 256 bits each."""

_COMMITMENT = b"payforsuccess lottery commitment 1"
_SEAL = b"payforsuccess lottery seal 1"
_SEED = b"payforsuccess lottery seed 1"


def commitment_of(holder: Holder, share: bytes, salt: bytes) -> str:
    """What a holder publishes before the first referral: a checksum of the share under a salt.

    It tells nothing of the share and fits no other. The holder is part of it, so that one holder
    cannot publish the other's commitment and wait for the share.
    """
    _must_be_whole(share, salt)
    return _hashed(_COMMITMENT, holder.encode(), salt, share)


def seal_of(evaluator: str, payor: str) -> str:
    """The fingerprint of the sealed seed: of both commitments, whichever was made first."""
    return _hashed(_SEAL, evaluator.encode(), payor.encode())


def combined_seed(evaluator: bytes, payor: bytes, *, terms: str) -> bytes:
    """The seed: 32 bytes that hang on every bit of both shares and on the terms of the lottery.

    terms: their fingerprint. The shares go in by holder, so it does not matter who committed first.
    """
    _must_be_whole(evaluator, payor)
    key = hashlib.sha256(_framed(_SEED, evaluator, payor)).digest()
    return hmac.new(key, terms.encode(), hashlib.sha256).digest()


def fits(holder: Holder, share: bytes, salt: bytes, commitment: str) -> bool:
    """Whether a share is the one its holder committed to."""
    return hmac.compare_digest(commitment_of(holder, share, salt), commitment)


def locked_share(share: bytes, pad: bytes) -> bytes:
    """A share under a pad of its length that is used once, or the share again from such a one."""
    _must_be_whole(share, pad)
    return bytes(one ^ other for one, other in zip(share, pad, strict=True))


def pad_of(passphrase: str, salt: bytes, *, cost: int) -> bytes:
    """The pad that a passphrase makes: slow to compute on purpose (scrypt, RFC 7914).

    cost: the N of scrypt, a power of two; it takes `cost` KiB of memory.
    """
    words = " ".join(passphrase.split()).encode()
    room = 2048 * cost + (1 << 20)
    return hashlib.scrypt(words, salt=salt, n=cost, r=8, p=1, maxmem=room, dklen=SHARE_BYTES)


def other_holder(holder: Holder) -> Holder:
    """The payor for the evaluator, and the evaluator for the payor."""
    return next(each for each in HOLDERS if each != holder)


def _must_be_whole(*secrets: bytes) -> None:
    if any(len(secret) != SHARE_BYTES for secret in secrets):
        raise ValueError(f"a share, a salt and a pad have {SHARE_BYTES} bytes each")


def _hashed(*parts: bytes) -> str:
    return "sha256:" + hashlib.sha256(_framed(*parts)).hexdigest()


def _framed(*parts: bytes) -> bytes:
    """The parts with their lengths, so that no two lists of parts become one text."""
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)
