"""Lines computed person by person: when they are, and what each person has earned so far."""

from __future__ import annotations

from collections.abc import Mapping

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.terms import Milestones, PaymentTerm
from payforsuccess.errors import Problem, sentence
from payforsuccess.payments.compile import EACH_PERSON_KEY, CompiledTerm
from payforsuccess.payments.compile.context import to_date_key
from payforsuccess.payments.exact_units import unit_of
from payforsuccess.payments.history import DealHistory
from payforsuccess.payments.inputs import Gathered, Part, reads_people
from payforsuccess.payments.nodes import Outcome, walk
from payforsuccess.payments.people import Column, People
from payforsuccess.units import Period, round_exact


class ByPerson:
    """What people earned and counted, kept from period to period by the payment term's name."""

    def __init__(self, history: DealHistory, people: People | None) -> None:
        self._history, self._people = history, people
        self._state: dict[str, Column] = {}

    def is_needed(self, term: PaymentTerm, deal: Deal, period: Period, gathered: Gathered) -> bool:
        """Whether to compute by person; adds a problem when that is needed and rows are missing."""
        people, own = self._people, term._own_outcomes()
        needed = reads_people(term, deal) or self._is_limited_later(term)
        has_rows = people is not None and any(people.has(name, period.number) for name in own)
        nothing = all(gathered.inputs.get(name, 0) == 0 for name in own)
        reads = people is not None and (
            needed or (isinstance(term, Milestones) and has_rows and term.reads != "points")
        )
        for name in own:
            if people is None or not (reads and has_rows) or gathered.problems:
                break
            if gathered.inputs.get(name) and not people.has(name, period.number):
                gathered.problems.append(
                    Problem(
                        sentence(
                            "The payment term `{term}` is computed by person in period {period}, "
                            "and `{outcome}` has a total but no rows by person.",
                            term=term.name,
                            period=period.number,
                            outcome=name,
                        ),
                        sentence("Give rows by person for every outcome of the line, or for none."),
                    )
                )
        if needed and not has_rows and not nothing and not gathered.problems:
            gathered.problems.append(
                Problem(
                    sentence(
                        "The payment term `{term}` has limits for each person, now or by a later "
                        "amendment, and there are no rows by person for period {period}.",
                        term=term.name,
                        period=period.number,
                    ),
                    sentence("Give results by person (outcome, period, person, quantity)."),
                )
            )
        return reads

    def _is_limited_later(self, term: PaymentTerm) -> bool:
        """Whether another version limits what one person earns: it must know what each earned."""
        return any(reads_people(other, version) for other, version in self._versions(term.name))

    def _is_read_to_date(self, name: str) -> bool:
        return any(term.reads == "to-date" for term, _ in self._versions(name))

    def _versions(self, name: str) -> list[tuple[PaymentTerm, Deal]]:
        return [
            (term, version)
            for version in self._history.versions
            for term in version.payments
            if term.name == name
        ]

    def earned(self, compiled: CompiledTerm, part: Part, period: Period) -> Column:
        """What each person earns in a part of a line; keeps it for the periods that follow."""
        people = self._people
        assert people is not None and compiled.person is not None
        inputs: dict[str, Column] = {}
        for leaf in walk(compiled.person):
            if isinstance(leaf, Outcome) and leaf.name not in inputs:
                name, _, group = leaf.name.partition("@")
                inputs[leaf.name] = people.quantities(
                    name, period.number, tick=leaf.tick, group=group, cohort=part.cohort
                )
        column, after = people.read(compiled.person, inputs, self._state)
        self._state.update(after)
        self._remember(compiled, part, column, after, inputs)
        return column

    def _remember(
        self,
        compiled: CompiledTerm,
        part: Part,
        column: Column,
        after: Mapping[str, Column],
        inputs: Mapping[str, Column],
    ) -> None:
        """Keep what each person earned and counted where no limit keeps it yet (see `Ceiling`)."""
        people, name = self._people, compiled.name
        assert people is not None and compiled.person is not None
        if unit_of(compiled.person) == 1:
            earned = column
        else:
            whole = round_exact(people.total(column) * unit_of(compiled.person))
            earned = people.split(whole, column)
        kept = {
            f"{name}.each-person": earned,
            to_date_key(name, part.cohort): earned,
            EACH_PERSON_KEY: earned,
        }
        counted = [leaf for leaf in inputs if "@" not in leaf]
        if len(counted) == 1:
            kept[f"{name}.units"] = inputs[counted[0]]
        if self._is_read_to_date(name):
            for leaf, quantities in inputs.items():
                kept[to_date_key(f"{name}:{leaf}", part.cohort)] = quantities
        for key, amounts in kept.items():
            if key not in after:
                before = self._state.get(key)
                self._state[key] = amounts if before is None else people.add(before, amounts)

    def put_together(self, name: str) -> None:
        """From now on the term's cohorts are not told apart: what each was so far is added up."""
        people = self._people
        for key in list(self._state):
            whole, mark, cohort = key.partition(".to-date.")
            if mark and cohort and whole.partition(":")[0] == name and people is not None:
                column, base = self._state.pop(key), to_date_key(whole)
                before = self._state.get(base)
                self._state[base] = column if before is None else people.add(before, column)
