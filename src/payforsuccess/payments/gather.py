"""All that a part of a payment term reads: outcomes, subgroups, facts, significance."""

from __future__ import annotations

from fractions import Fraction

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.terms import EffectPrice, Milestones, PaymentTerm, UnitPrice
from payforsuccess.errors import Problem, sentence
from payforsuccess.payments.book import ResultBook, said_when
from payforsuccess.payments.input_problems import doubtful_group
from payforsuccess.payments.inputs import Gathered, Part, Used, number_of
from payforsuccess.payments.people import People
from payforsuccess.payments.values import Values
from payforsuccess.units import Period


class Gatherer:
    """Collects the inputs of terms in one period under one version of the deal."""

    def __init__(self, deal: Deal, period: Period, book: ResultBook, people: People | None) -> None:
        self._deal, self._period, self._book, self._people = deal, period, book, people
        self._values = Values(deal, period, book, people)

    def gather(self, term: PaymentTerm, part: Part) -> Gathered:
        """The inputs of a part: outcomes, subgroups, facts and significance."""
        gathered = Gathered()
        tested = {c.outcome for c in term.conditions if c.outcome is not None}
        for name in term.outcomes_read():
            only_tested = name in tested and name not in term._own_outcomes()
            value = self._values.of(term, name, part, gathered, only_tested=only_tested)
            if value is not None:
                gathered.inputs[name] = value
        for fact in [c.fact for c in term.conditions if c.fact is not None]:
            self._fact(term, fact, part, gathered)
        if isinstance(term, EffectPrice) and term.significant_at is not None:
            self._significance(term, part, gathered)
        self._groups(term, part, gathered)
        if isinstance(term, Milestones) and not gathered.problems:
            self._milestone_order(term, part, gathered)
        return gathered

    def _fact(self, term: PaymentTerm, fact: str, part: Part, gathered: Gathered) -> None:
        """A fact as the results of this period or point state it, all that do; else the latest."""
        found = [
            (number_of(used.when), item.holds)
            for used in gathered.used
            if used.entry is not None
            for item in used.entry.result.facts
            if item.name == fact
        ]
        now = number_of(part.when)
        latest = now if any(at == now for at, _ in found) else max((a for a, _ in found), default=0)
        stated = [holds for at, holds in found if at == latest]
        if not stated:
            gathered.problems.append(
                Problem(
                    sentence(
                        "The payment term `{name}` asks whether “{fact}” holds, and no result it "
                        "reads says so.",
                        name=term.name,
                        fact=fact,
                    ),
                    sentence("State it under `facts` of the result, true or false."),
                )
            )
        gathered.inputs[f"fact:{fact}"] = int(bool(stated) and all(stated))

    def _significance(self, term: EffectPrice, part: Part, gathered: Gathered) -> None:
        for used in sorted(gathered.used, key=lambda used: used.when != part.when):
            if used.outcome == term.pays_for and used.entry is not None:
                p_value = used.entry.result.p_value
                if p_value is not None and term.significant_at is not None:
                    gathered.inputs[f"significant:{term.name}"] = int(p_value < term.significant_at)
                    return
                if used.entry.result.no_p_value is not None:
                    gathered.problems.append(
                        Problem(
                            sentence(
                                "The payment term `{name}` pays only a significant effect, and "
                                "the result for {when} has no p-value. {no_p_value}",
                                name=term.name,
                                when=said_when(part.when),
                                no_p_value=used.entry.result.no_p_value,
                            ),
                            sentence(
                                "The evaluator determines what the study showed, and the parties "
                                "follow that."
                            ),
                        )
                    )
                    return
        gathered.problems.append(
            Problem(
                sentence(
                    "The payment term `{name}` pays only a significant effect, and the result for "
                    "{when} states no p-value.",
                    name=term.name,
                    when=said_when(part.when),
                ),
                sentence("State `p_value` with the result, from the one test the plan names."),
            )
        )

    def _groups(self, term: PaymentTerm, part: Part, gathered: Gathered) -> None:
        if not isinstance(term, UnitPrice):
            return
        name = term.pays_for
        wanted = dict.fromkeys(
            [s.group for s in term.subgroups] + [c.group for c in term.share_caps]
        )
        for group in wanted:
            total: int | None = 0
            for used in [u for u in gathered.used if u.outcome == name]:
                number = number_of(used.when)
                value = self._group_value(used, number, group, part, gathered)
                if value is None or total is None:
                    total = None
                    gathered.problems.append(
                        Problem(
                            sentence(
                                "The price of `{name}` depends on the subgroup `{group}`, and the "
                                "result for `{name_2}` in {when} does not state its part.",
                                name=term.name,
                                group=group,
                                name_2=name,
                                when=said_when(used.when),
                            ),
                            sentence(
                                "Add it under `groups` of the result, or give rows by person."
                            ),
                        )
                    )
                    break
                # of an outcome reported to date, a period's part is now less before
                is_before = term.reads != "to-date" and 0 < number < self._period.number
                total += -value if is_before else value
            if total is not None:
                gathered.inputs[f"{name}@{group}"] = total

    def _group_value(
        self, used: Used, number: int, group: str, part: Part, gathered: Gathered
    ) -> int | None:
        outcome = self._deal.outcomes[used.outcome]
        if self._people is not None and number and self._people.has(used.outcome, number):
            column = self._people.quantities(
                used.outcome, number, tick=outcome.tick, group=group, cohort=part.cohort
            )
            return self._people.total(column)
        if used.entry is not None:
            result = used.entry.result
            parts_of_group = [item.value for item in result.groups if item.group == group]
            if parts_of_group:
                if problem := doubtful_group(result, used.when, group, parts_of_group):
                    gathered.problems.append(problem)
                return self._values.on_grid(parts_of_group[0], used.outcome, outcome, gathered)
        return None

    def _milestone_order(self, term: Milestones, part: Part, gathered: Gathered) -> None:
        """In totals: no more people at a milestone to date than at the earlier one it needs."""
        if self._people is not None and any(
            self._people.has(m.outcome, self._period.number) for m in term.milestones
        ):
            return
        earlier: int | None = None
        for milestone in term.milestones:
            reached = self._reached(milestone.outcome, part)
            if milestone.needs_earlier and earlier is not None and reached > earlier:
                gathered.problems.append(
                    Problem(
                        sentence(
                            "More people have reached `{outcome}` to date than the milestone "
                            "before it, which it needs ({reached} against {earlier}).",
                            outcome=milestone.outcome,
                            reached=reached,
                            earlier=earlier,
                        ),
                        sentence("Check the counts, or give rows by person."),
                    )
                )
            earlier = reached

    def _reached(self, name: str, part: Part) -> int:
        outcome = self._deal.outcomes[name]
        values = [
            entry.result.value
            for number in range(1, self._period.number + 1)
            if (entry := self._book.get(name, f"period {number}", part.cohort)) is not None
        ]
        if not values:
            return 0
        to_date = values[-1] if outcome.reported_as == "to-date" else sum(values, Fraction(0))
        return int(to_date)
