"""A department's programme and funding lines: preventive or remedial, and what they add up to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from payforsuccess.errors import Place, Problem
from payforsuccess.governance.initiative.initiative import PolicyArea

Label = Literal["preventive", "remedial"]
LABELS: tuple[str, ...] = get_args(Label)
AREAS: tuple[str, ...] = get_args(PolicyArea)


@dataclass(frozen=True)
class Line:
    """One programme's money from one fund in one fiscal year, in minor units."""

    department: str
    programme: str
    area: str
    fund: str
    fiscal_year: int
    label: str
    amount: int
    where: Place = field(default_factory=Place)


@dataclass(frozen=True)
class LedgerTotal:
    """What the ledger says of a department in a fiscal year, in minor units."""

    department: str
    fiscal_year: int
    amount: int
    where: Place = field(default_factory=Place)


@dataclass(frozen=True)
class Labelled:
    """Money by label, in minor units."""

    preventive: int
    remedial: int

    @property
    def total(self) -> int:
        """Both together."""
        return self.preventive + self.remedial


@dataclass(frozen=True)
class Difference:
    """A department's lines of a year against its ledger, in minor units; 0 where they agree.

    ledger: None where the ledger has no such line, or no ledger was given for it.
    """

    department: str
    fiscal_year: int
    lines: int
    ledger: int | None

    @property
    def difference(self) -> int | None:
        """Lines less ledger; None without a ledger."""
        return None if self.ledger is None else self.lines - self.ledger


@dataclass(frozen=True)
class ProgrammeTotals:
    """The lines added up three ways; each adds up to `whole`."""

    whole: Labelled
    by_department: Mapping[str, Labelled]
    by_area: Mapping[str, Labelled]
    by_year: Mapping[str, Labelled]
    against_ledger: tuple[Difference, ...]

    @property
    def closes(self) -> bool:
        """Whether every department's lines equal its ledger in every year."""
        return all(each.difference == 0 for each in self.against_ledger)


def check_lines(lines: Iterable[Line]) -> Iterator[Problem]:
    """Lines without one of the two labels, in no known area, or given twice (R1)."""
    seen: dict[tuple[str, str, str, int], Place] = {}
    for line in lines:
        if line.label not in LABELS:
            yield Problem(
                "A line is neither preventive nor remedial.",
                "Write one of the two: preventive where it lowers later need, else remedial.",
                line.where,
            )
        if line.area not in AREAS:
            yield Problem(
                "A line lies in no policy area that is known.",
                f"Write one of: {', '.join(AREAS)}.",
                line.where,
            )
        key = (line.department, line.programme, line.fund, line.fiscal_year)
        if key in seen:
            yield Problem(
                f"A programme's line of one fund and year stands twice; first at {seen[key]}.",
                "Keep one, or tell the funds apart.",
                line.where,
            )
        seen.setdefault(key, line.where)


def totals_of(lines: Sequence[Line], ledger: Sequence[LedgerTotal] = ()) -> ProgrammeTotals:
    """The lines by label, department, area and year, and against the ledger (R1, R151).

    Every department and year of lines or ledger is compared; a difference is shown, never spread.
    """
    told: dict[tuple[str, int], int] = {}
    for total in ledger:
        key = (total.department, total.fiscal_year)
        told[key] = told.get(key, 0) + total.amount
    found: dict[tuple[str, int], int] = {}
    for line in lines:
        key = (line.department, line.fiscal_year)
        found[key] = found.get(key, 0) + line.amount
    keys = sorted({*found, *told}) if ledger else sorted(found)
    return ProgrammeTotals(
        _labelled(lines),
        _grouped(lines, lambda line: line.department),
        _grouped(lines, lambda line: line.area),
        _grouped(lines, lambda line: str(line.fiscal_year)),
        tuple(Difference(*key, found.get(key, 0), told.get(key)) for key in keys) if ledger else (),
    )


def _labelled(lines: Iterable[Line]) -> Labelled:
    sums = dict.fromkeys(LABELS, 0)
    for line in lines:
        sums[line.label] += line.amount
    return Labelled(sums["preventive"], sums["remedial"])


def _grouped(lines: Sequence[Line], key: Callable[[Line], str]) -> dict[str, Labelled]:
    names = sorted({key(line) for line in lines})
    return {name: _labelled(line for line in lines if key(line) == name) for name in names}
