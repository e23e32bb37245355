"""Which numbers of a release are hidden, so that no small count can be worked out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from payforsuccess.disclosure.cells import LEAST_THRESHOLD, Facts
from payforsuccess.disclosure.choice import Choice
from payforsuccess.disclosure.over_time import over_time

HIDDEN = "hidden"
"""The one label of hidden numbers: it does not tell a small one from one hidden to protect it."""


@dataclass(frozen=True)
class Release:
    """What is shown, what is hidden, and for each protected number two that it could be."""

    shown: Mapping[str, int]
    hidden: frozenset[str]
    proof: Mapping[str, tuple[int, int]]

    def text_of(self, name: str) -> str:
        """The number as it may be shown, or the label."""
        return f"{self.shown[name]:,}" if name in self.shown else HIDDEN


def suppress(
    facts: Facts, *, threshold: int = LEAST_THRESHOLD, already_shown: Collection[str] = ()
) -> Release:
    """The release of a table in which no sensitive number can be worked out from the others.

    threshold: the largest count that is hidden, at least 10. already_shown: cells that are given
    out beside it whatever is chosen. Everything starts hidden; numbers are shown one after the
    other, totals before their parts and large before small, as long as no sensitive number can be
    worked out or bounded to within half the threshold. ValueError when what is already shown
    reveals a sensitive number by itself, which no choice can mend; and for a threshold below 10.
    """
    choice = _chosen(facts, threshold, sensitive=(), kept=(), given=already_shown)
    if choice.told:
        raise ValueError("a small number can be worked out from what was already shown")
    return _release(facts, choice)


def suppress_next(
    earlier: Sequence[tuple[Facts, Release]], facts: Facts, *, threshold: int = LEAST_THRESHOLD
) -> Release:
    """The next release, given those that readers already hold, of this table or others, in order.

    Neither a small number nor a small change since any of them can be worked out from all of them
    together. What was shown stays known; what was hidden stays hidden until it is farther than the
    threshold from what it was. More is hidden of the new table where that helps; there is always a
    release, be it of nothing. The cells of the result are those of `facts`.
    """
    if not earlier:
        return suppress(facts, threshold=threshold)
    whole = over_time([*(table for table, _ in earlier), facts], threshold=threshold)
    given = {
        whole.names[at][name] for at, (_, release) in enumerate(earlier) for name in release.shown
    }
    kept = {
        whole.names[at][name] for at, (_, release) in enumerate(earlier) for name in release.hidden
    }
    choice = _chosen(
        whole.facts,
        threshold,
        sensitive=whole.changed_little(given),
        kept=kept | whole.near_to(kept),
        given=given,
    )
    own = whole.names[-1]
    # What earlier releases tell by themselves is not told again by this one alone.
    apart = _chosen(
        facts,
        threshold,
        sensitive=(),
        kept={name for name in facts.cells if own[name] in choice.hidden},
        given=(),
    )
    proofs = choice.proofs.ranges()
    return Release(
        {name: cell.value for name, cell in facts.cells.items() if name not in apart.hidden},
        frozenset(apart.hidden),
        {name: proofs[own[name]] for name in facts.cells if own[name] in proofs},
    )


def _chosen(
    facts: Facts,
    threshold: int,
    *,
    sensitive: Collection[str],
    kept: Collection[str],
    given: Collection[str],
) -> Choice:
    if threshold < LEAST_THRESHOLD:
        raise ValueError(f"the threshold is at least {LEAST_THRESHOLD}")
    small = {
        name
        for name, cell in facts.cells.items()
        if (cell.is_sensitive(threshold) or name in sensitive) and name not in given
    }
    hidden = small | set(facts.never_shown) | set(kept)
    choice = Choice(facts, small, hidden, given, room=threshold // 2)
    choice.show_what_can_be()
    return choice


def _release(facts: Facts, choice: Choice) -> Release:
    shown = {name: cell.value for name, cell in facts.cells.items() if name not in choice.hidden}
    return Release(shown, frozenset(choice.hidden), choice.proofs.ranges())
