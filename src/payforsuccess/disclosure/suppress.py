"""Which numbers of a release are hidden, so that no small count can be worked out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from payforsuccess.disclosure.cells import LEAST_THRESHOLD, Facts
from payforsuccess.disclosure.possible import other_values
from payforsuccess.disclosure.tables import over_time

HIDDEN = "hidden"
"""The one label of hidden numbers: it does not tell a small one from one hidden to protect it."""


@dataclass(frozen=True)
class Release:
    """What is shown, what is hidden, and for each protected number another one it could be."""

    shown: Mapping[str, int]
    hidden: frozenset[str]
    proof: Mapping[str, int]

    def text_of(self, name: str) -> str:
        """The number as it may be shown, or the label."""
        return f"{self.shown[name]:,}" if name in self.shown else HIDDEN


def suppress(
    facts: Facts,
    *,
    threshold: int = LEAST_THRESHOLD,
    already_shown: Collection[str] = (),
) -> Release:
    """The release of a table in which no sensitive number can be worked out from the others.

    threshold: the largest count that is hidden, at least 10. already_shown: cells that an earlier
    release gave out and nothing can take back. Sensitive numbers are hidden first; then, as long
    as one of them can still be worked out, the smallest further number that helps, totals last.
    ValueError when what was already shown reveals a sensitive number by itself, which no choice
    can mend; and for a threshold below 10.
    """
    if threshold < LEAST_THRESHOLD:
        raise ValueError(f"the threshold is at least {LEAST_THRESHOLD}")
    given = set(already_shown)
    sensitive = {
        name
        for name, cell in facts.cells.items()
        if cell.is_sensitive(threshold) and name not in given
    }
    hidden = sensitive | set(facts.never_shown)
    wholes = {tie.whole for tie in facts.sums}
    candidates = sorted(
        (name for name in facts.cells if name not in hidden and name not in given),
        key=lambda name: (
            name in wholes,
            facts.cells[name].value == 0,
            facts.cells[name].value,
            name,
        ),
    )
    while open_ := _revealed(facts, hidden, sensitive):
        if not candidates:
            raise ValueError(
                f"{len(open_)} small numbers can be worked out from what was already shown"
            )
        chosen = _next(facts, hidden, open_, candidates)
        hidden.add(chosen)
        candidates.remove(chosen)
    _give_back(facts, hidden, sensitive)
    shown = {
        name: cell.value for name, cell in facts.cells.items() if name not in hidden | given
    } | {name: facts.cells[name].value for name in given}
    return Release(shown, frozenset(hidden), other_values(facts, hidden, sorted(sensitive)))


def _revealed(facts: Facts, hidden: Collection[str], sensitive: Collection[str]) -> list[str]:
    """The sensitive numbers that can be worked out, in order."""
    safe = other_values(facts, hidden, sorted(sensitive))
    return [name for name in sorted(sensitive) if name not in safe]


def suppress_next(
    earlier: Sequence[tuple[Facts, Release]], facts: Facts, *, threshold: int = LEAST_THRESHOLD
) -> Release:
    """The next release of a table, given those that readers already hold, in order.

    Neither a small number nor a small change since any of them can be worked out from all of them
    together. The cells of the result are those of `facts`. A table that did not change since the
    newest of them is shown as it was. ValueError as for `suppress`.
    """
    if earlier and earlier[-1][0] == facts:
        return earlier[-1][1]
    whole = over_time([*(table for table, _ in earlier), facts])
    known = [f"{at}:{name}" for at, (_, release) in enumerate(earlier, 1) for name in release.shown]
    held_back = {
        f"{at}:{name}" for at, (_, release) in enumerate(earlier, 1) for name in release.hidden
    }
    together = Facts(whole.cells, whole.sums, whole.multiples, whole.never_shown | held_back)
    found = suppress(together, threshold=threshold, already_shown=known)
    own = f"{len(earlier) + 1}:"
    return Release(
        {name: facts.cells[name].value for name in facts.cells if own + name in found.shown},
        frozenset(name for name in facts.cells if own + name in found.hidden),
        {
            name.removeprefix(own): value
            for name, value in found.proof.items()
            if name.startswith(own)
        },
    )


def _next(facts: Facts, hidden: set[str], open_: list[str], candidates: list[str]) -> str:
    """The first candidate that protects an open number alone, else the first tied to one."""
    tied = [name for name in candidates if _is_tied(facts, hidden, open_, name)]
    for name in tied:
        if not _revealed(facts, {*hidden, name}, open_[:1]):
            return name
    return tied[0] if tied else candidates[0]


def _is_tied(facts: Facts, hidden: set[str], open_: list[str], name: str) -> bool:
    """Whether a candidate stands in a tie with a hidden number."""
    return any(
        name in equation and any(other in hidden for other in equation)
        for equation in facts.equations
    )


def _give_back(facts: Facts, hidden: set[str], sensitive: set[str]) -> None:
    """Show again what turned out not to be needed, the largest first."""
    extra = sorted(
        hidden - sensitive - facts.never_shown, key=lambda name: (-facts.cells[name].value, name)
    )
    for name in extra:
        less = hidden - {name}
        if not _revealed(facts, less, sensitive):
            hidden.discard(name)
