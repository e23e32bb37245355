"""Several releases as one set of facts: what who keeps them all can set side by side."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from payforsuccess.disclosure.cells import LEAST_THRESHOLD, Cell, Facts, Multiple, Sum, joined


@dataclass(frozen=True)
class OverTime:
    """All releases as one table.

    names: for each release what its cells are called in `facts`, such as `2:referred`: the number
    that a cell has had since release 2. A reader takes it that a number which reads the same, or is
    hidden and stays so, is the same number. changes: the numbers that one cell had and has now,
    where they differ by few.
    """

    facts: Facts
    names: tuple[Mapping[str, str], ...]
    changes: tuple[tuple[str, str], ...]

    def changed_little(self, shown: Collection[str]) -> frozenset[str]:
        """Numbers of the newest release that differ by few from one that was shown."""
        return frozenset(now for was, now in self.changes if was in shown)

    def near_to(self, hidden: Collection[str]) -> frozenset[str]:
        """Numbers of the newest release that differ by few from one that was hidden."""
        return frozenset(now for was, now in self.changes if was in hidden)


@dataclass(frozen=True)
class _Pair:
    """A number of an earlier release and one of the newest that differ by few, or by nothing."""

    was: str
    now: str
    by: int
    is_one_cell: bool


def over_time(tables: Sequence[Facts], *, threshold: int = LEAST_THRESHOLD) -> OverTime:
    """Releases in order, of one table or of several, as one; never shown, what changed by few.

    Who has two releases takes one from the other, so a small change is as sensitive as a small
    count, also where people left. So is a small difference between counts of one group
    (`Facts.groups`) in tables of other kinds; where such counts are equal they are one number.
    """
    names: list[Mapping[str, str]] = []
    latest: dict[str, tuple[str, int]] = {}
    parts: list[Facts] = []
    for at, facts in enumerate(tables, 1):
        own = {}
        for name, cell in facts.cells.items():
            known = latest.get(name)
            own[name] = known[0] if known and known[1] == cell.value else f"{at}:{name}"
            latest[name] = own[name], cell.value
        names.append(own)
        parts.append(_renamed(facts, own))
    pairs = list(dict.fromkeys(_pairs(tables, names, threshold)))
    whole = joined(parts)
    for pair in pairs:
        parts.append(_change(whole, pair) if pair.by else _equal(whole, pair))
    changes = tuple((pair.was, pair.now) for pair in pairs if pair.is_one_cell)
    return OverTime(joined(parts), tuple(names), changes)


def _pairs(
    tables: Sequence[Facts], names: Sequence[Mapping[str, str]], threshold: int
) -> list[_Pair]:
    """Numbers of earlier releases beside those of the newest from which they differ by few."""
    newest, own = tables[-1], names[-1]
    by_group: dict[str, list[str]] = {}
    for name, group in newest.groups.items():
        by_group.setdefault(group, []).append(name)
    found = []
    for facts, named in zip(tables[:-1], names[:-1], strict=True):
        for name, cell in facts.cells.items():
            alike = [name] if name in newest.cells else []
            if not alike and name in facts.groups and cell.value > threshold:
                alike = [
                    other
                    for other in by_group.get(facts.groups[name], ())
                    if other not in facts.cells and newest.cells[other].value > threshold
                ]
            for other in alike:
                now = newest.cells[other]
                by = abs(now.value - cell.value)
                is_people = cell.is_people and now.is_people
                if is_people and by <= threshold and named[name] != own[other]:
                    found.append(_Pair(named[name], own[other], by, other == name))
    return found


def _renamed(facts: Facts, own: Mapping[str, str]) -> Facts:
    return Facts(
        {own[name]: cell for name, cell in facts.cells.items()},
        tuple(Sum(own[tie.whole], tuple(own[part] for part in tie.parts)) for tie in facts.sums),
        tuple(Multiple(own[tie.of], own[tie.is_], tie.times) for tie in facts.multiples),
        frozenset(own[name] for name in facts.never_shown),
        first=frozenset(own[name] for name in facts.first),
    )


def _change(whole: Facts, pair: _Pair) -> Facts:
    """By how much two numbers differ; a reader is taken to know which is larger."""
    less, more = sorted((pair.was, pair.now), key=lambda name: whole.cells[name].value)
    change = f"{pair.was} > {pair.now}"
    cells = {less: whole.cells[less], more: whole.cells[more], change: Cell(pair.by)}
    return Facts(cells, (Sum(more, (less, change)),), never_shown=frozenset({change}))


def _equal(whole: Facts, pair: _Pair) -> Facts:
    cells = {name: whole.cells[name] for name in (pair.was, pair.now)}
    return Facts(cells, (Sum(pair.now, (pair.was,)),))
