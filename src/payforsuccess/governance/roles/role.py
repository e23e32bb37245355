"""A role: what it may do, what it may never do, and who may hold it."""

from __future__ import annotations

from dataclasses import dataclass

from payforsuccess.governance.roles.actions import Action


@dataclass(frozen=True)
class Role:
    """A role with its permissions.

    held_by: who may hold it, in words. may: what it allows, some of it only in the case that
    `cases` describes. never: what its holder may not do even where another role of theirs allows
    it, because knowing the one thing spoils the other.
    """

    name: str
    title: str
    held_by: str
    may: tuple[Action, ...]
    never: tuple[Action, ...] = ()
