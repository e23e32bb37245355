"""The list of a lottery as it stands: who is in which arm, and what it says of keys and shares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from payforsuccess.evaluation.lottery.entries import (
    Alias,
    Assigned,
    Committed,
    Departed,
    Entry,
    Link,
    Opened,
    Outside,
    Revealed,
    RoundHeld,
    Withdrawn,
)
from payforsuccess.evaluation.lottery.keys import look_of
from payforsuccess.evaluation.lottery.shares import Holder

AnEntry = TypeVar("AnEntry", bound=Entry)


@dataclass(frozen=True)
class AssignmentList:
    """Every entry, in order, each chained to the one before."""

    links: tuple[Link, ...] = ()

    @property
    def head(self) -> str | None:
        """The fingerprint of the last entry, which holds every entry before it."""
        return self.links[-1].fingerprint if self.links else None

    def of(self, kind: type[AnEntry]) -> Iterator[AnEntry]:
        """The entries of one kind, in order."""
        return (link.entry for link in self.links if isinstance(link.entry, kind))

    def and_then(self, entries: Iterable[Entry]) -> AssignmentList:
        """The list with entries put at its end; nothing that stands in it is touched."""
        links = list(self.links)
        previous = self.head
        for entry in entries:
            links.append(Link(len(links) + 1, previous, entry))
            previous = links[-1].fingerprint
        return AssignmentList(tuple(links))

    @cached_property
    def commitments(self) -> Mapping[Holder, Committed]:
        """The commitment that counts of each holder: the last."""
        return {entry.holder: entry for entry in self.of(Committed)}

    @cached_property
    def opened(self) -> Opened | None:
        """The opening, once there was one."""
        return next(self.of(Opened), None)

    @cached_property
    def revealed(self) -> Mapping[Holder, Revealed]:
        """The shares that were published."""
        return {entry.holder: entry for entry in self.of(Revealed)}

    @cached_property
    def drawn(self) -> Mapping[str, Assigned]:
        """The draw of each key that was drawn, in the order of draws."""
        return {entry.person: entry for entry in self.of(Assigned)}

    @cached_property
    def outside(self) -> Mapping[str, Outside]:
        """Who was placed outside of the lottery."""
        return {entry.person: entry for entry in self.of(Outside)}

    @cached_property
    def withdrawn(self) -> frozenset[str]:
        """The keys of people who left."""
        return frozenset(entry.person for entry in self.of(Withdrawn))

    @cached_property
    def departed(self) -> tuple[Departed, ...]:
        """Overrides and crossovers."""
        return tuple(self.of(Departed))

    @cached_property
    def clusters(self) -> Mapping[str, Assigned]:
        """The first draw of each cluster, which holds for everyone in it."""
        found: dict[str, Assigned] = {}
        for entry in self.of(Assigned):
            if entry.cluster is not None:
                found.setdefault(entry.cluster, entry)
        return found

    @cached_property
    def rounds(self) -> tuple[RoundHeld, ...]:
        """The rounds in which places were drawn."""
        return tuple(self.of(RoundHeld))

    @cached_property
    def positions(self) -> Mapping[tuple[str, ...], int]:
        """How many positions of each stratum are taken."""
        taken: dict[tuple[str, ...], int] = {}
        for entry in self.of(Assigned):
            taken[entry.stratum] = max(taken.get(entry.stratum, 0), entry.position)
        return taken

    @cached_property
    def same_people(self) -> Mapping[str, frozenset[str]]:
        """For each key that has an alias, every key of that person."""
        groups: dict[str, frozenset[str]] = {}
        for entry in self.of(Alias):
            _joined(groups, entry)
        return groups

    def keys_of(self, person: str) -> frozenset[str]:
        """Every key of one person."""
        return self.same_people.get(person, frozenset({person}))

    def looks_like_another(self, key: str) -> bool:
        """Whether a key differs from somebody else's in capitals, hyphens or underscores alone.

        A key that is known as the same person's, by an alias, is not another.
        """
        return bool(self.looking_like(key) - self.keys_of(key))

    def looking_like(self, key: str) -> frozenset[str]:
        """Every key in the list, drawn or not, that a key would be if it was retyped."""
        return self._looks.get(look_of(key), frozenset())

    def draw_of(self, person: str) -> Assigned | None:
        """The draw that holds in the analysis of a person, under any of their keys: the first."""
        return self._first_draws.get(person)

    def told_draw_of(self, key: str) -> Assigned | None:
        """The draw that is told of a key: the one that was told when the key first had any.

        It is that of `draw_of`, but for a key that was drawn itself, or was an alias of one, before
        an alias showed that the person had been drawn still earlier: what was told is not taken
        back.
        """
        return self._told_draws.get(key)

    @cached_property
    def _first_draws(self) -> Mapping[str, Assigned]:
        found: dict[str, Assigned] = {}
        for person, entry in self.drawn.items():
            for key in (person, *sorted(self.keys_of(person) - {person})):
                found.setdefault(key, entry)
        return found

    @cached_property
    def _told_draws(self) -> Mapping[str, Assigned]:
        told: dict[str, Assigned] = {}
        order: dict[str, int] = {}
        groups: dict[str, frozenset[str]] = {}
        for number, link in enumerate(self.links):
            entry = link.entry
            if isinstance(entry, Assigned):
                order.setdefault(entry.person, number)
                for key in groups.get(entry.person, (entry.person,)):
                    told.setdefault(key, entry)
            elif isinstance(entry, Alias):
                whole = _joined(groups, entry)
                first = min(whole & order.keys(), key=order.__getitem__, default=None)
                for key in whole if first is not None else ():
                    told.setdefault(key, self.drawn[first or ""])
        return told

    @cached_property
    def _looks(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for key in (*self.drawn, *self.outside, *self.same_people):
            found.setdefault(look_of(key), set()).add(key)
        return {look: frozenset(keys) for look, keys in found.items()}


def _joined(groups: dict[str, frozenset[str]], entry: Alias) -> frozenset[str]:
    """Every key of the person of an alias, put down for each of them."""
    whole = groups.get(entry.person, frozenset({entry.person})) | groups.get(
        entry.alias, frozenset({entry.alias})
    )
    groups.update(dict.fromkeys(whole, whole))
    return whole


def arms_of(listed: AssignmentList) -> dict[str, str]:
    """The arm of analysis of each key: what chance decided first for that person, and nothing else.

    Withdrawals, overrides and crossovers change none; an alias has the arm of the person's first
    draw. Who was placed outside of the lottery is not in it.
    """
    return {key: entry.arm for key, entry in listed._first_draws.items()}


def people_of(listed: AssignmentList) -> dict[str, Assigned]:
    """One entry a person: the first draw under any of their keys."""
    return {
        entry.person: entry
        for person, entry in listed.drawn.items()
        if listed.draw_of(person) is entry
    }


def in_both_arms(listed: AssignmentList) -> frozenset[str]:
    """The keys of people who were drawn under two keys into different arms; first draw counts."""
    return frozenset(
        key
        for person, entry in listed.drawn.items()
        if (first := listed.draw_of(person)) is not None and first.arm != entry.arm
        for key in listed.keys_of(person)
    )


def broken_at(links: Sequence[Link]) -> int | None:
    """The first number at which the chain is broken; None where it is whole."""
    previous: str | None = None
    for position, link in enumerate(links, 1):
        if link.number != position or link.previous != previous:
            return position
        previous = link.fingerprint
    return None
