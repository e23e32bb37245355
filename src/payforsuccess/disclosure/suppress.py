"""Which numbers of a release are hidden, so that no small count can be worked out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from payforsuccess.disclosure.cells import LEAST_THRESHOLD, Facts
from payforsuccess.disclosure.choice import Choice
from payforsuccess.disclosure.tables import over_time

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
    facts: Facts,
    *,
    threshold: int = LEAST_THRESHOLD,
    already_shown: Collection[str] = (),
    already_hidden: Collection[str] = (),
) -> Release:
    """The release of a table in which no sensitive number can be worked out from the others.

    threshold: the largest count that is hidden, at least 10. already_shown: cells that an earlier
    release gave out and nothing can take back. already_hidden: those that it hid, which stay so.
    Sensitive numbers are hidden first; then, as long as one of them can still be worked out or
    bounded to within half the threshold, the smallest further number that helps, totals last.
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
    kept = sensitive | set(facts.never_shown) | set(already_hidden)
    choice = Choice(facts, sensitive, kept, given, room=threshold // 2)
    choice.protect()
    choice.give_back()
    shown = {name: cell.value for name, cell in facts.cells.items() if name not in choice.hidden}
    proof = {name: (found.low, found.high) for name, found in choice.proven.items()}
    return Release(shown, frozenset(choice.hidden), proof)


def suppress_next(
    earlier: Sequence[tuple[Facts, Release]], facts: Facts, *, threshold: int = LEAST_THRESHOLD
) -> Release:
    """The next release, given those that readers already hold, of this table or others, in order.

    Neither a small number nor a small change since any of them can be worked out from all of them
    together. The cells of the result are those of `facts`. A table that was given out before is
    shown as it was then. ValueError as for `suppress`.
    """
    for table, release in earlier:
        if table == facts:
            return release
    distinct = [given for at, given in enumerate(earlier) if given not in earlier[:at]]
    whole = over_time([*(table for table, _ in distinct), facts], threshold=threshold)
    known = [
        f"{at}:{name}" for at, (_, release) in enumerate(distinct, 1) for name in release.shown
    ]
    held_back = [
        f"{at}:{name}" for at, (_, release) in enumerate(distinct, 1) for name in release.hidden
    ]
    own = f"{len(distinct) + 1}:"
    stays_shown, stays_hidden = _unchanged(distinct, facts, own)
    try:
        found = suppress(
            whole,
            threshold=threshold,
            already_shown=[*known, *stays_shown],
            already_hidden=[*held_back, *stays_hidden],
        )
    except ValueError:
        found = suppress(
            whole,
            threshold=threshold,
            already_shown=known,
            already_hidden=[*held_back, *stays_hidden],
        )
    return Release(
        {name: facts.cells[name].value for name in facts.cells if own + name in found.shown},
        frozenset(name for name in facts.cells if own + name in found.hidden),
        {
            name.removeprefix(own): value
            for name, value in found.proof.items()
            if name.startswith(own)
        },
    )


def _unchanged(
    earlier: Sequence[tuple[Facts, Release]], facts: Facts, own: str
) -> tuple[list[str], list[str]]:
    """The numbers that are as some earlier release has them: shown there, and hidden there.

    A reader may take it that they did not change. So one that was hidden stays hidden, else the
    new release would tell the old number; and to hide one that was shown would protect nothing.
    """
    shown: dict[str, None] = {}
    hidden: dict[str, None] = {}
    for table, release in earlier:
        for name, cell in facts.cells.items():
            if name in table.cells and table.cells[name].value == cell.value:
                (shown if name in release.shown else hidden)[own + name] = None
    return [name for name in shown if name not in hidden], list(hidden)
