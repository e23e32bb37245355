"""Passwords that hold until the first sign-in."""

from __future__ import annotations

import secrets

from payforsuccess.web.fields import ALPHABET

GROUPS = 4
LETTERS = 4


def new_password() -> str:
    """79 bits in four groups, of letters and digits that nobody mistakes over the telephone."""
    groups = ["".join(secrets.choice(ALPHABET) for _ in range(LETTERS)) for _ in range(GROUPS)]
    return "-".join(groups)
