"""Check a list of assignments: chain and commitments while it is sealed, every draw afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from payforsuccess.deal.words.phrases import counted
from payforsuccess.errors import Problem
from payforsuccess.evaluation.lottery.entries import Alias
from payforsuccess.evaluation.lottery.listed import in_both_arms, people_of
from payforsuccess.evaluation.lottery.replay import (
    Difference,
    draw_difference,
    number_of,
    order_difference,
    seed_of,
    share_difference,
)
from payforsuccess.runs.assign.arms_file import twice_drawn
from payforsuccess.runs.assign.lottery import Lottery, read_lottery, seal_problems
from payforsuccess.runs.folder import DealPath, open_folder


@dataclass(frozen=True, repr=False)
class Verified:
    """What an auditor learns: how far the list could be checked, and the first difference.

    is_sealed: whether the seed is still secret, so that arms could not be drawn again. people: one
    a person, however many keys. draws: every one, also the second of a person under another key.
    in_both_arms: people whose draws under two keys gave both arms. problems: why the list cannot be
    relied on.
    """

    entries: int
    people: int
    draws: int
    aliases: int
    in_both_arms: int
    clusters: int
    withdrawn: int
    departed: int
    outside: int
    is_sealed: bool
    difference: Difference | None
    problems: tuple[Problem, ...]
    head: str | None

    def __str__(self) -> str:
        if not self.entries:
            return "Nothing is on the list: nobody committed to a share, and nobody was drawn."
        counts = [
            counted(self.entries, "entry"),
            f"{counted(self.people, 'person')} drawn"
            + (f" ({self.draws} draws)" if self.draws != self.people else ""),
            *([counted(self.aliases, "alias entry")] if self.aliases else []),
            *([counted(self.clusters, "cluster")] if self.clusters else []),
            f"{self.withdrawn} withdrawn",
            counted(self.departed, "override or crossover").replace(
                "override or crossovers", "overrides and crossovers"
            ),
            f"{self.outside} placed outside",
        ]
        lines = [", ".join(counts) + ".", *twice_drawn(self.in_both_arms)]
        if self.difference is not None:
            lines.append(f"FIRST DIFFERENCE  {self.difference}")
        elif self.is_sealed:
            lines.append(
                "Chain, commitments and order hold. The seed is sealed: arms can be drawn again "
                "once both shares are published."
            )
        else:
            lines.append("Every draw is the one that the seed gives.")
        return "\n".join([*lines, f"Head of the list: {self.head}"])

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """For programs; counts alone."""
        return {
            "entries": self.entries,
            "people": self.people,
            "draws": self.draws,
            "aliases": self.aliases,
            "in_both_arms": self.in_both_arms,
            "clusters": self.clusters,
            "withdrawn": self.withdrawn,
            "departed": self.departed,
            "outside": self.outside,
            "is_sealed": self.is_sealed,
            "difference": None
            if self.difference is None
            else {"number": self.difference.number, "what": self.difference.what},
            "problems": self.problems,
            "head": self.head,
        }


def verify_assignments(path: DealPath, *, on: date, heads: Sequence[str] = ()) -> Verified:
    """The list checked as far as what is published allows.

    heads: fingerprints that someone noted after earlier draws; each must still stand in the list,
    or it was made anew since. Refuses a list whose chain is broken.
    """
    lottery = read_lottery(open_folder(path), on=on)
    listed = lottery.listed
    seed = seed_of(listed, lottery.terms)
    difference = _first(lottery, seed)
    problems = [
        *seal_problems(lottery),
        *(
            Problem(
                f"The head {head} stands nowhere in the list.",
                "The list is not the one of which it was noted: find the original.",
            )
            for head in heads
            if number_of(listed.links, head) is None
        ),
    ]
    return Verified(
        entries=len(listed.links),
        people=len(people_of(listed)),
        draws=len(listed.drawn),
        aliases=sum(1 for _ in listed.of(Alias)),
        in_both_arms=len({listed.keys_of(key) for key in in_both_arms(listed)}),
        clusters=len(listed.clusters),
        withdrawn=len({listed.keys_of(key) for key in listed.withdrawn}),
        departed=len(listed.departed),
        outside=len(listed.outside),
        is_sealed=seed is None,
        difference=difference,
        problems=tuple(problems),
        head=listed.head,
    )


def _first(lottery: Lottery, seed: bytes | None) -> Difference | None:
    """The first difference by its number in the list."""
    listed, terms = lottery.listed, lottery.terms
    found = [share_difference(listed), order_difference(listed, terms)]
    if seed is not None and not any(found) and not seal_problems(lottery):
        found.append(draw_difference(listed, seed, terms))
    return min((each for each in found if each), key=lambda each: each.number, default=None)
