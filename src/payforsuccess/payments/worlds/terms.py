"""A deal's payment terms made ready to be read for block after block of worlds.

Trees are compiled once for each period, and remember how large the numbers were that they have been
found safe for. Nothing here depends on what is found in a world.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.terms import PaymentTerm
from payforsuccess.errors import Problem, Refusal
from payforsuccess.payments.arrays import read_arrays
from payforsuccess.payments.compile import CompiledTerm, compile_term
from payforsuccess.payments.inputs import Part, reads_people
from payforsuccess.payments.nodes import Condition, Earned, Fixed, Node, inputs_of, walk
from payforsuccess.payments.worlds.inputs import Column
from payforsuccess.units import Period


@dataclass(frozen=True)
class TreeReading:
    """A tree over columns, given no more than it looks at.

    What it does not look at must not decide how wide its integers are, nor be measured for it.
    """

    inputs: tuple[str, ...]
    state: tuple[str, ...]
    read: Callable[[Mapping[str, Column], Mapping[str, Column], dict[str, Column]], Column]

    def __call__(
        self,
        inputs: Mapping[str, Column],
        before: Mapping[str, Column],
        after: dict[str, Column],
    ) -> Column:
        """The value in every world; new state goes into `after`."""
        return self.read(
            {name: inputs[name] for name in self.inputs if name in inputs},
            {key: before[key] for key in self.state if key in before},
            after,
        )


class PreparedTerms:
    """The terms of one version of a deal, ready to be read.

    Refuses terms that only rows by person can price (see `reads_people`).
    """

    def __init__(self, deal: Deal) -> None:
        for number, term in enumerate(deal.payments):
            if reads_people(term, deal):
                raise Refusal(
                    Problem(
                        f"`{term.name}` has limits for each person, and worlds have no rows by "
                        "person.",
                        "Price the deal without them (see `finance.priced`).",
                        deal.place_of("payments", number),
                    )
                )
        self.deal = deal
        self.periods: tuple[Period, ...] = deal.schedule.all()
        self.waited_for = frozenset(
            condition.after for term in deal.payments for condition in term.conditions
        ) - {None}
        """Terms that must have earned something before another one pays."""
        self._by_name = {term.name: term for term in deal.payments}
        # No methods are cached for good: what is kept goes when these terms go.
        self.compiled = lru_cache(maxsize=None)(self._compiled)
        self.parts = lru_cache(maxsize=None)(self._parts)
        self._readings: dict[int, tuple[Node, TreeReading]] = {}
        self._tests: dict[int, tuple[Node, tuple[Node, ...]]] = {}

    def reading(self, node: Node) -> TreeReading:
        """A tree as a function over columns; the same one for the same tree."""
        found = self._readings.get(id(node))
        if found is None:
            found = (node, TreeReading(inputs_of(node), state_of(node), read_arrays(node)))
            self._readings[id(node)] = found  # keeps the node, so that its id stays its own
        return found[1]

    def tests_of(self, line: Node) -> tuple[Node, ...]:
        """The conditions of a line as trees that come to 1 where they are met."""
        found = self._tests.get(id(line))
        if found is None:
            plain = tuple(
                replace(node, of=Fixed(Fraction(1)), held=False)
                for node in walk(line)
                if isinstance(node, Condition)
            )
            found = self._tests[id(line)] = (line, plain)
        return found[1]

    def _compiled(
        self,
        name: str,
        number: int,
        cohort: str = "",
        unavailable: frozenset[str] = frozenset(),
        with_floor: bool = True,
    ) -> CompiledTerm:
        """The trees of a term in a period."""
        return compile_term(
            self._by_name[name],
            deal=self.deal,
            period=self.periods[number - 1],
            cohort=cohort,
            unavailable=unavailable,
            with_floor=with_floor,
        )

    def _parts(self, name: str, number: int) -> tuple[Part, ...]:
        """What of a term falls due in a period: measurement points, or the period itself."""
        term: PaymentTerm = self._by_name[name]
        if term.reads != "points":
            return (Part(f"period {number}"),)
        period = self.periods[number - 1]
        due = [point for point in term.points if point.determined_by in period]
        return tuple(Part(f"point {p.name}", p.cohort or "", p.name) for p in due)


def state_of(node: Node) -> tuple[str, ...]:
    """The names of all state that a tree looks at, sorted."""
    found: set[str] = set()
    for part in walk(node):
        if isinstance(part, Condition):
            found |= {f"{part.key}.held", f"{part.key}.met"}
            found |= {f"earned:{test.term}" for test in part.tests if isinstance(test, Earned)}
        elif key := getattr(part, "key", ""):
            found.add(key)
    return tuple(sorted(found))
