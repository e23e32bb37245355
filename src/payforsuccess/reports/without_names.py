"""A deal told as an example: parties by their roles, and no sentence that names one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from payforsuccess.deal.deal import Deal
from payforsuccess.reports.numbers import name_text

# Words of names that tell no one apart: nothing is left out for them.
_COMMON = frozenset(
    [
        "the",
        "of",
        "and",
        "for",
        "a",
        "an",
        "in",
        "county",
        "city",
        "state",
        "department",
        "office",
        "agency",
        "district",
        "institute",
        "foundation",
        "university",
        "service",
        "services",
        "health",
        "human",
        "housing",
        "care",
        "management",
        "provider",
        "providers",
        "partners",
        "corporation",
        "company",
        "bank",
        "trust",
        "fund",
        "group",
        "board",
        "public",
        "social",
        "national",
        "demonstration",
        "case",
        "intensive",
    ]
)


class Names:
    """What the parties of a deal are called where their names are not to be told."""

    def __init__(self, deal: Deal, *, are_told: bool) -> None:
        self._are_told = are_told
        self._roles = {} if are_told else _by_role(deal)
        named = [party.name for party in deal.parties]
        named += [deal.jurisdiction.name, *(held.name for s in deal.data for held in s.held_by)]
        self._words = frozenset() if are_told else _telling(named)
        self.left_out = 0
        """How many sentences were left out because they name someone."""

    def of(self, party: str) -> str:
        """The party's name, or its role with a number."""
        return self._roles.get(party, party if self._are_told else "another party")

    def sentences(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Those of the texts that name no one; all of them where names are told."""
        kept = []
        for text in texts:
            if self._words & set(_words(text)):
                self.left_out += 1
            else:
                kept.append(text)
        return tuple(kept)


def _by_role(deal: Deal) -> Mapping[str, str]:
    counts: dict[str, int] = {}
    found = {}
    for party in deal.parties:
        role = party.roles[0]
        counts[role] = counts.get(role, 0) + 1
        found[party.name] = f"{name_text(role)} {counts[role]}"
    return found


def _telling(names: Iterable[str]) -> frozenset[str]:
    """The words of names by which someone could be told."""
    return frozenset(word for name in names for word in _words(name) if word not in _COMMON)


def _words(text: str) -> list[str]:
    return [word.casefold() for word in re.findall(r"[^\W\d_]{3,}", text)]
