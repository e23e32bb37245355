"""Passphrases of the holders of shares: from the environment, or typed where nobody sees them."""

from __future__ import annotations

import os
import sys

import click

from payforsuccess.errors import Problem, Refusal


def new_passphrase(holder: str) -> str:
    """A passphrase that is typed twice, so that no slip locks the share for ever."""
    return passphrase(holder, is_new=True)


def passphrase(holder: str, *, is_new: bool = False) -> str:
    """The passphrase from the environment, or asked for on a terminal without showing it.

    Refuses where neither can give one.
    """
    name = f"PFS_PASSPHRASE_{holder.upper()}"
    given = os.environ.get(name, "")
    if given:
        return given
    if not sys.stdin.isatty():
        raise Refusal(
            Problem(
                f"The passphrase of the {holder} is needed.",
                f"Type it on a terminal, or give it in {name}.",
            )
        )
    return str(
        click.prompt(
            f"Passphrase of the {holder}", hide_input=True, confirmation_prompt=is_new, err=True
        )
    )
