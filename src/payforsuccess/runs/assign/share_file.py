"""A holder's share on disk: locked by a passphrase, in a file that the holder alone may read."""

from __future__ import annotations

import json
import os
import secrets
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.evaluation.lottery.shares import (
    HOLDERS,
    SHARE_BYTES,
    Holder,
    commitment_of,
    fits,
    locked_share,
    pad_of,
)
from payforsuccess.runs.files import json_bytes, read_bytes, write_new_private

COST = 1 << 15
"""The N of scrypt: 32 MiB and about a tenth of a second for each guess of a passphrase."""
MOST_COST = 1 << 18
SHORTEST = 16
"""Characters in a passphrase, at the least."""
Passphrase = Callable[[Holder], str]
"""Asks a holder for the passphrase of the share."""


@dataclass(frozen=True, repr=False)
class OpenShare:
    """A share in memory. It is never printed and never written in clear before it is revealed."""

    holder: Holder
    share: bytes
    salt: bytes

    def __repr__(self) -> str:
        return f"OpenShare({self.holder})"


def new_share(holder: Holder, to: Path, passphrase: str) -> str:
    """Draw a share of 256 bits, keep it locked in a new file, and return its commitment.

    Refuses a short passphrase, and a file that is there already.
    """
    refuse_short(passphrase, holder)
    share, salt, pad_salt = (secrets.token_bytes(SHARE_BYTES) for _ in range(3))
    commitment = commitment_of(holder, share, salt)
    pad = pad_of(passphrase, pad_salt, cost=COST)
    write_new_private(
        to,
        json_bytes(
            {
                "payforsuccess_lottery_share": 1,
                "holder": holder,
                "commitment": commitment,
                "salt": salt.hex(),
                "cost": COST,
                "pad_salt": pad_salt.hex(),
                "locked": locked_share(share, pad).hex(),
            }
        ),
        "The share",
    )
    return commitment


def holder_of(path: Path) -> Holder:
    """Whose share a file holds; nothing is unlocked."""
    return _parts(path)[0]


def holds_a_share(path: Path) -> bool:
    """Whether a share would be lost if something else was written there."""
    try:
        return path.is_file() and bool(holder_of(path))
    except Refusal:
        return False


def open_share(path: Path, passphrase: str) -> OpenShare:
    """The share in a file, unlocked in memory alone.

    Refuses a file that others than its owner may read, one that is no such file, and a passphrase
    that does not open it.
    """
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise Refusal(
            Problem(
                "Others than its owner may read this share.",
                "Close it to them: chmod 600. If someone may have read it, and the passphrase too, "
                "tell both parties.",
                Place(str(path)),
            )
        )
    holder, commitment, salt, pad_salt, locked, cost = _parts(path)
    share = locked_share(locked, pad_of(passphrase, pad_salt, cost=cost))
    if not fits(holder, share, salt, commitment):
        raise Refusal(
            Problem(
                f"The passphrase does not open the share of the {holder}.",
                "Type the one with which it was made.",
                Place(str(path)),
            )
        )
    return OpenShare(holder, share, salt)


def refuse_short(passphrase: str, holder: Holder) -> None:
    """Refuse a passphrase that could be guessed from the file."""
    if len(" ".join(passphrase.split())) < SHORTEST:
        raise Refusal(
            Problem(
                f"The passphrase of the {holder} is shorter than {SHORTEST} characters.",
                "Take five words at random, or more.",
            )
        )


def _parts(path: Path) -> tuple[Holder, str, bytes, bytes, bytes, int]:
    try:
        plain = json.loads(read_bytes(path, largest=4096))
        assert plain["payforsuccess_lottery_share"] == 1
        holder: Holder = plain["holder"]
        texts = [bytes.fromhex(plain[key]) for key in ("salt", "pad_salt", "locked")]
        cost = plain["cost"]
        assert holder in HOLDERS and all(len(each) == SHARE_BYTES for each in texts)
        assert isinstance(cost, int) and 2 <= cost <= MOST_COST and not cost & (cost - 1)
        return holder, str(plain["commitment"]), texts[0], texts[1], texts[2], cost
    except (AssertionError, KeyError, TypeError, ValueError, RecursionError):
        raise Refusal(
            Problem(
                "This is not a share that `pfs assign commit` wrote.",
                "Name the holder's file.",
                Place(str(path)),
            )
        ) from None
