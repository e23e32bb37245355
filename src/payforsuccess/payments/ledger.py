"""The person-level ledger: what each person contributed to each line, adding up to the line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from payforsuccess.deal.results import Statement
from payforsuccess.payments.exact_units import common_unit, unit_of
from payforsuccess.payments.line import TermInPeriod
from payforsuccess.payments.people import Column, People
from payforsuccess.payments.replay import Replay


@dataclass(frozen=True)
class LedgerLine:
    """One line's people: dense columns in the order of `People.keys`.

    `quantities` are whole ticks of `tick_text` each. `amounts` are minor units that add up to the
    line's entitlement. `is_allocated` says that they are shares of the line by largest remainder,
    not amounts computed for each person.
    """

    term: str
    period: int
    outcomes: tuple[str, ...]
    quantities: Column
    tick_text: str
    amounts: Column
    is_allocated: bool
    sources: Mapping[str, str]


def ledger(statement: Statement, replayed: Replay, people: People) -> Iterator[LedgerLine]:
    """The people behind every line of the statement that rests on rows by person, line by line."""
    wanted = dict.fromkeys((line.period, line.term) for line in statement.lines)
    for key in wanted:
        line = replayed.lines.get(key)
        if line is not None:
            found = _line(line, people)
            if found is not None:
                yield found


def _line(line: TermInPeriod, people: People) -> LedgerLine | None:
    period = line.period.number
    outcomes = tuple(
        name
        for name in line.term._own_outcomes()
        if any(people.has(name, at) for at in range(1, period + 1))
    )
    if not outcomes:
        return None
    counted = outcomes[:1] if getattr(line.term, "deduct", None) in outcomes[1:] else outcomes
    tick = line.deal.outcomes[counted[0]].tick
    quantities = people.quantities(counted[0], period, tick=tick)
    for name in counted[1:]:
        quantities = people.add(quantities, people.quantities(name, period, tick=tick))
    computed = _computed(line, people)
    exact = computed is not None and people.total(computed) == line.amount
    weights = quantities if computed is None else computed
    if line.amount and not people.total(_positive(weights)):
        # What is released or carried was earned by earlier rows: they share it.
        for name in counted:
            for at in range(1, period):
                weights = people.add(weights, people.quantities(name, at, tick=tick))
    return LedgerLine(
        term=line.term.name,
        period=period,
        outcomes=counted,
        quantities=quantities,
        tick_text=str(tick),
        amounts=computed if exact else people.split(line.amount, weights),
        is_allocated=not exact,
        sources=_sources(people, counted, period),
    )


def _computed(line: TermInPeriod, people: People) -> Column | None:
    """Each person's amount in minor units where it was computed so, else its parts of them."""
    units = [unit_of(run.compiled.person) for run in line.parts if run.compiled.person is not None]
    columns = [run.person_amounts for run in line.parts if run.person_amounts is not None]
    if not columns or len(units) != len(columns):
        return None
    least = common_unit([*units, Fraction(1)])
    scaled = [
        _times(column, int(unit / least)) for unit, column in zip(units, columns, strict=True)
    ]
    total = scaled[0]
    for column in scaled[1:]:
        total = people.add(total, column)
    return total


def _times(column: Column, factor: int) -> Column:
    if factor == 1:
        return column
    return [each * factor for each in column] if isinstance(column, list) else column * factor


def _positive(column: Column) -> Column:
    return [max(each, 0) for each in column] if isinstance(column, list) else column.clip(0)


def _sources(people: People, outcomes: tuple[str, ...], period: int) -> Mapping[str, str]:
    if len(outcomes) == 1:
        return people.sources(outcomes[0], period)
    merged: dict[str, str] = {}
    for name in outcomes:
        for key, text in people.sources(name, period).items():
            merged[key] = f"{merged[key]};{text}" if merged.get(key) else text
    return merged
