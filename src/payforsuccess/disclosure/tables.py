"""Tables of the usual shapes as facts: groups with a total, rates, crossings, amounts, growth.

Every function names its cells by what they are, with `/` between the parts of a name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from payforsuccess.disclosure.cells import Cell, Facts, Multiple, Sum

TOTAL = "all"


def by_group(counts: Mapping[str, int], *, name: str, whole: str | None = None) -> Facts:
    """Counts of people by group, with their total: cells `name/group` and `name/all`.

    whole: the name of the total, where several groupings of the same people share it.
    """
    cells = {f"{name}/{group}": Cell(count) for group, count in counts.items()}
    total = whole or f"{name}/{TOTAL}"
    return Facts({**cells, total: Cell(sum(counts.values()))}, sums=(Sum(total, tuple(cells)),))


def rates(counts: Mapping[str, tuple[int, int]], *, part: str, of: str, by: str) -> Facts:
    """How many of each group did something, such as enrol of those referred, by sex.

    counts: those who did and those who could have, by group. Cells are `part/by/group`,
    `of/by/group` and `of not part/by/group`, with the totals `part`, `of` and `of not part`, so
    that several groupings of the same people share their totals, and the enrolled of one table are
    those of the next. Who did not is never shown: the other two tell it. 0 of 12 and 12 of 12 say
    as much of the twelve as 3 of 12, so a zero of those who did or did not is hidden too.
    ValueError when more did it than there are.
    """
    cells: dict[str, Cell] = {}
    sums = []
    other = f"{of} not {part}"
    for group, (yes, people) in counts.items():
        if not 0 <= yes <= people:
            raise ValueError(f"{group}: {yes} of {people}")
        key = f"{by}/{group}"
        cells[f"{part}/{key}"] = Cell(yes, zero_tells=people > 0)
        cells[f"{other}/{key}"] = Cell(people - yes, zero_tells=people > 0)
        cells[f"{of}/{key}"] = Cell(people)
        sums.append(Sum(f"{of}/{key}", (f"{part}/{key}", f"{other}/{key}")))
    anyone = any(people for _, people in counts.values())
    for name in (part, other, of):
        parts = tuple(f"{name}/{by}/{group}" for group in counts)
        total = sum(cells[cell].value for cell in parts)
        cells[name] = Cell(total, zero_tells=name != of and anyone)
        sums.append(Sum(name, parts))
    sums.append(Sum(of, (part, other)))
    groups = {f"{name}/{by}/{group}": f"{by}/{group}" for name in (part, of) for group in counts}
    never = frozenset(name for name in cells if name == other or name.startswith(f"{other}/"))
    return Facts(cells, tuple(sums), never_shown=never, groups={part: "", of: "", **groups})


def crossed(counts: Mapping[tuple[str, str], int], *, name: str) -> Facts:
    """People by two groupings at once, with totals of rows, of columns and of all.

    Cells are `name/row/column`; a total is called `all`. A pair that is not given is 0.
    """
    rows = sorted({row for row, _ in counts})
    columns = sorted({column for _, column in counts})
    cells = {
        f"{name}/{row}/{column}": Cell(counts.get((row, column), 0))
        for row in rows
        for column in columns
    }
    sums = []
    for row in rows:
        parts = tuple(f"{name}/{row}/{column}" for column in columns)
        sums.append(Sum(f"{name}/{row}/{TOTAL}", parts))
    for column in columns:
        parts = tuple(f"{name}/{row}/{column}" for row in rows)
        sums.append(Sum(f"{name}/{TOTAL}/{column}", parts))
    for tie in sums:
        cells[tie.whole] = Cell(sum(cells[part].value for part in tie.parts))
    whole = f"{name}/{TOTAL}/{TOTAL}"
    by_row = tuple(f"{name}/{row}/{TOTAL}" for row in rows)
    by_column = tuple(f"{name}/{TOTAL}/{column}" for column in columns)
    cells[whole] = Cell(sum(counts.values()))
    return Facts(cells, (*sums, Sum(whole, by_row), Sum(whole, by_column)))


def amounts(facts: Facts, prices: Mapping[str, int | Fraction]) -> Facts:
    """The facts with an amount for each priced count: cell `name/amount`, its price being known.

    An amount at a known price tells the count, so the two are shown or hidden together. Prices in
    the smallest unit; ValueError when an amount is not whole.
    """
    cells = dict(facts.cells)
    multiples = list(facts.multiples)
    for name, price in prices.items():
        amount = facts.cells[name].value * Fraction(price)
        if amount.denominator != 1:
            raise ValueError(f"{name} at {price} is not a whole amount")
        cells[f"{name}/amount"] = Cell(int(amount), is_people=False)
        multiples.append(Multiple(of=name, is_=f"{name}/amount", times=Fraction(price)))
    return replace(facts, cells=cells, multiples=tuple(multiples))


def difference(facts: Facts, one: str, other: str, *, is_within: bool = False) -> Facts:
    """By how much two counts differ, as a cell that is never shown: who sees both can tell it.

    Where one group lies within the other this counts the people who are in one alone. is_within:
    everyone knows that the other lies within the one. A reader is taken to know which is larger;
    of two equal counts only where that is known.
    """
    less, more = sorted((other, one), key=lambda name: facts.cells[name].value)
    name = f"{more} less {less}"
    least, most = facts.cells[less], facts.cells[more]
    by = most.value - least.value
    return Facts(
        {less: least, more: most, name: Cell(by, is_people=by > 0 or is_within)},
        sums=(Sum(more, (less, name)),),
        never_shown=frozenset({name}),
    )
