"""What a payment term reads in a period: results brought to whole ticks, or problems."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.terms import Milestones, PaymentTerm, UnitPrice
from payforsuccess.errors import Problem
from payforsuccess.payments.book import Entry


@dataclass(frozen=True)
class Used:
    """A result that was read, or the total of rows by person (then `entry` is None)."""

    outcome: str
    when: str
    cohort: str
    entry: Entry | None
    people_fingerprint: str = ""
    value: Fraction = Fraction(0)


@dataclass
class Gathered:
    """Inputs of one part of a term, and which results they came from."""

    inputs: dict[str, int] = field(default_factory=dict)
    used: list[Used] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unavailable: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Part:
    """One occasion on which a term is computed: a period, or a measurement point; one cohort."""

    when: str
    cohort: str = ""
    point: str = ""


def reads_people(term: PaymentTerm, deal: Deal) -> bool:
    """Whether the term can only be computed from results by person."""
    if not isinstance(term, UnitPrice | Milestones) or term.reads == "points":
        return False
    return (
        term.round_each == "person"
        or term.ceiling_each_person is not None
        or deal.ceilings.each_person is not None
        or (isinstance(term, UnitPrice) and term.limit_each_person is not None)
    )


def number_of(when: str) -> int:
    """The number of a period, 0 for a measurement point."""
    return int(when.split()[-1]) if when.startswith("period ") else 0
