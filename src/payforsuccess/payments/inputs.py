"""What a payment term reads in a period: results brought to whole ticks, or problems."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.outcomes import Outcome
from payforsuccess.deal.results import Result
from payforsuccess.deal.terms import EffectPrice, Milestones, PaymentTerm, UnitPrice
from payforsuccess.errors import Problem, sentence
from payforsuccess.payments.against_plan import against_plan
from payforsuccess.payments.book import Entry, ResultBook, said_when
from payforsuccess.payments.people import People
from payforsuccess.payments.range import least_and_most
from payforsuccess.payments.too_near import too_near
from payforsuccess.units import Period, exact_text, grouped, round_exact


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


class Gatherer:
    """Collects the inputs of terms in one period under one version of the deal."""

    def __init__(
        self,
        deal: Deal,
        period: Period,
        book: ResultBook,
        people: People | None,
        *,
        tells_cohorts: bool = False,
    ) -> None:
        self._deal, self._period, self._book, self._people = deal, period, book, people
        self._tells_cohorts = tells_cohorts

    def parts(self, term: PaymentTerm) -> tuple[tuple[Part, ...], list[Problem]]:
        """The occasions on which the term is due in the period, none when it is not; or problems.

        `tells_cohorts`, or a ceiling for each cohort, splits rows by person by their cohort.
        """
        when = f"period {self._period.number}"
        if term.reads == "points":
            due = [p for p in term.points if p.determined_by in self._period]
            return tuple(Part(f"point {p.name}", p.cohort or "", p.name) for p in due), []
        own = [name for name in term.outcomes_read() if name in self._deal.outcomes]
        needed = self._deal.people.cohorts and (
            self._tells_cohorts
            or term.ceiling_each_cohort is not None
            or self._deal.ceilings.each_cohort is not None
        )
        cohorts = {c for name in own for c in self._book.cohorts(name, when)}
        problems: list[Problem] = []
        if needed:
            by_rows, found = self._cohorts_of_rows(term)
            cohorts |= by_rows
            problems += found
        if cohorts:
            return tuple(Part(when, cohort) for cohort in sorted(cohorts)), problems
        to_date = [name for name in own if self._deal.outcomes[name].reported_as == "to-date"]
        if (
            term.reads == "to-date"
            and to_date
            and not any(self._at_hand(name, when) for name in own)
        ):
            return (), problems
        if needed and any(self._counted(name, when) for name in term._own_outcomes()):
            problems.append(
                Problem(
                    sentence(
                        "The payment term `{name}` depends on the cohort, and the results of "
                        "{when} do not tell cohorts apart.",
                        name=term.name,
                        when=said_when(when),
                    ),
                    sentence("Give one result for each cohort, or rows by person with a cohort."),
                )
            )
        return (Part(when),), problems

    def _cohorts_of_rows(self, term: PaymentTerm) -> tuple[set[str], list[Problem]]:
        """The cohorts that the rows by person name in the period."""
        number = self._period.number
        people = self._people
        if people is None:
            return set(), []
        named = {
            cohort
            for name in term._own_outcomes()
            if people.has(name, number)
            for cohort in people.cohorts(name, number)
        }
        if "" in named and len(named) > 1:
            return set(), [
                Problem(
                    sentence(
                        "Some rows by person for `{name}` in period {number} name a cohort and "
                        "some do not.",
                        name=term.name,
                        number=number,
                    ),
                    sentence("Give every row of the outcome its cohort."),
                )
            ]
        return named - {""}, []

    def _counted(self, name: str, when: str) -> bool:
        """Whether anything but 0 was found for an outcome."""
        entry = self._book.get(name, when)
        if entry is not None and entry.result.value != 0:
            return True
        return self._people is not None and self._people.has(name, self._period.number)

    def lapsed(self, term: PaymentTerm, part: Part, as_of: date | None) -> bool:
        """Whether a point's last day has passed without a determination in time."""
        point = next((p for p in term.points if p.name == part.point), None)
        if point is None or as_of is None or as_of <= point.determined_by:
            return False
        return any(
            self._deal.outcomes[name].reported_as == "point"
            and self._in_time(name, part, point.determined_by) is None
            for name in term._own_outcomes()
        )

    def _in_time(self, name: str, part: Part, last_day: date | None) -> Entry | None:
        """A point's result, unless it was determined after the last day for it."""
        entry = self._book.get(name, part.when, part.cohort) or self._book.get(name, part.when)
        if entry is not None and entry.on is not None and last_day is not None:
            return None if entry.on > last_day else entry
        return entry

    def _at_hand(self, name: str, when: str) -> bool:
        by_person = self._people is not None and self._people.has(name, self._period.number)
        return by_person or self._book.get(name, when) is not None

    def gather(self, term: PaymentTerm, part: Part) -> Gathered:
        """The inputs of a part: outcomes, subgroups, facts and significance."""
        gathered = Gathered()
        tested = {c.outcome for c in term.conditions if c.outcome is not None}
        for name in term.outcomes_read():
            only_tested = name in tested and name not in term._own_outcomes()
            value = self._value(term, name, part, gathered, only_tested=only_tested)
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

    def _value(
        self, term: PaymentTerm, name: str, part: Part, gathered: Gathered, *, only_tested: bool
    ) -> int | None:
        outcome = self._deal.outcomes[name]
        if only_tested:
            return self._latest(name, outcome, part, gathered)
        if part.point:
            return self._point(term, name, outcome, part, gathered)
        if term.reads == "to-date":
            return self._to_date(name, outcome, part, gathered)
        return self._in_period(name, outcome, part, gathered)

    def _latest(self, name: str, outcome: Outcome, part: Part, gathered: Gathered) -> int | None:
        """A condition's outcome: this period's value, or the last one known for points."""
        number = self._period.number
        if outcome.reported_as == "point":
            points = [
                (p.determined_by, p.name, p.cohort or "")
                for t in self._deal.payments
                for p in t.points
                if name in t.outcomes_read() and p.determined_by < self._period.end
            ]
            for _, point, cohort in [
                *([(None, part.point, part.cohort)] if part.point else []),
                *sorted(points, reverse=True),
            ]:
                entry = self._book.get(name, f"point {point}", cohort) or self._book.get(
                    name, f"point {point}"
                )
                if entry is not None:
                    return self._ticks(entry, name, outcome, gathered)
        else:
            last = 0 if outcome.reported_as == "to-date" else number - 1
            for at in range(number, last, -1):
                for cohort in dict.fromkeys((part.cohort, "")):
                    value = self._one(name, outcome, at, cohort, gathered)
                    if value is not None:
                        return value
            if outcome.reported_as == "period":
                self._missing(name, f"period {number}", gathered)
                return None
        gathered.unavailable.add(name)
        return None

    def _point(
        self, term: PaymentTerm, name: str, outcome: Outcome, part: Part, gathered: Gathered
    ) -> int | None:
        last_day = next((p.determined_by for p in term.points if p.name == part.point), None)
        entry = self._in_time(name, part, last_day)
        if entry is None and outcome.reported_as != "point":
            return self._in_period(
                name, outcome, Part(f"period {self._period.number}", part.cohort), gathered
            )
        if entry is None:
            self._missing(name, part.when, gathered, part.cohort)
            return None
        return self._ticks(entry, name, outcome, gathered)

    def _in_period(self, name: str, outcome: Outcome, part: Part, gathered: Gathered) -> int | None:
        now = self._one(name, outcome, self._period.number, part.cohort, gathered)
        if now is None:
            self._missing(name, part.when, gathered, part.cohort)
            return None
        if outcome.reported_as == "to-date":
            for at in range(self._period.number - 1, 0, -1):
                before = self._one(name, outcome, at, part.cohort, gathered)
                if before is not None:
                    return now - before
        return now

    def _to_date(self, name: str, outcome: Outcome, part: Part, gathered: Gathered) -> int | None:
        number = self._period.number
        if outcome.reported_as == "to-date":
            now = self._one(name, outcome, number, part.cohort, gathered)
            if now is None:
                self._missing(name, part.when, gathered, part.cohort)
            return now
        total = 0
        for at in range(1, number + 1):
            value = self._one(name, outcome, at, part.cohort, gathered)
            if value is None:
                self._missing(name, f"period {at}", gathered, part.cohort)
                return None
            total += value
        return total

    def _one(
        self, name: str, outcome: Outcome, number: int, cohort: str, gathered: Gathered
    ) -> int | None:
        """One slot's value in ticks; result and rows by person must agree where both exist."""
        when = f"period {number}"
        entry = self._book.get(name, when, cohort)
        if cohort:
            self._cohorts_within_bounds(name, outcome, number, gathered)
        if outcome.reported_as == "to-date":
            self._refuse_mixed(name, number, cohort, gathered)
        if self._people is None or not self._people.has(name, number):
            return None if entry is None else self._ticks(entry, name, outcome, gathered)
        total = self._people.total(
            self._people.quantities(name, number, tick=outcome.tick, cohort=cohort)
        )
        rows = self._people.fingerprint(name, number)
        if entry is None and cohort:
            entry = self._total_of_cohorts(name, outcome, number, rows, gathered)
            gathered.used.append(Used(name, when, cohort, entry, rows, total * outcome.tick))
            return total
        if entry is None:
            gathered.used.append(Used(name, when, cohort, None, rows, total * outcome.tick))
            self._within_bounds(total * outcome.tick, None, name, outcome, gathered)
            return total
        _refuse_unsigned(entry, rows, name, when, gathered)
        value = self._ticks(entry, name, outcome, gathered, rows=rows)
        if value is not None and value != total:
            gathered.problems.append(_differ(name, when, entry, total * outcome.tick))
        return total

    def _refuse_mixed(self, name: str, number: int, cohort: str, gathered: Gathered) -> None:
        """A to-date outcome told in two ways, whose differences would count something twice."""
        if self._people is not None and self._people.has(name, number):
            gathered.problems.append(
                Problem(
                    sentence(
                        "`{name}` is reported to date, and there are rows by person for it, which "
                        "are one period's.",
                        name=name,
                    ),
                    sentence("Report the outcome by period, or give totals to date without rows."),
                )
            )
        for at in range(1, number):
            when = f"period {at}"
            told = self._book.get(name, when) is not None
            by_cohort = bool(self._book.cohorts(name, when))
            if (cohort and told) or (not cohort and by_cohort):
                gathered.problems.append(
                    Problem(
                        sentence(
                            "`{name}` is reported to date by cohort in one of periods {at} and "
                            "{number}, and for all together in the other.",
                            name=name,
                            at=at,
                            number=number,
                        ),
                        sentence(
                            "State both the same way, so that what was earned before is known."
                        ),
                    )
                )

    def _cohorts_within_bounds(
        self, name: str, outcome: Outcome, number: int, gathered: Gathered
    ) -> None:
        """All cohorts of a period together stay within the bounds, which are for one period."""
        if self._people is not None and self._people.has(name, number):
            column = self._people.quantities(name, number, tick=outcome.tick)
            whole = self._people.total(column) * outcome.tick
        else:
            when = f"period {number}"
            entries = [self._book.get(name, when, c) for c in self._book.cohorts(name, when)]
            whole = sum((e.result.value for e in entries if e is not None), Fraction(0))
            total = self._book.get(name, when)
            adds_up = outcome.unit not in ("percent", "percentage point")
            if total is not None and adds_up and total.result.value != whole:
                gathered.problems.append(_cohorts_differ(name, when, total, whole))
        self._within_bounds(whole, None, name, outcome, gathered)

    def _total_of_cohorts(
        self, name: str, outcome: Outcome, number: int, rows: str, gathered: Gathered
    ) -> Entry | None:
        """The result for all cohorts together, which the rows of each add up to."""
        entry = self._book.get(name, f"period {number}")
        if entry is None or self._people is None:
            return None
        _refuse_unsigned(entry, rows, name, f"period {number}", gathered)
        whole = self._people.total(self._people.quantities(name, number, tick=outcome.tick))
        if whole * outcome.tick != entry.result.value:
            gathered.problems.append(_differ(name, f"period {number}", entry, whole * outcome.tick))
        return entry

    def _ticks(
        self, entry: Entry, name: str, outcome: Outcome, gathered: Gathered, *, rows: str = ""
    ) -> int | None:
        result = entry.result
        gathered.used.append(
            Used(name, result.slot[1], result.cohort or "", entry, rows, result.value)
        )
        self._within_bounds(result.value, result.people, name, outcome, gathered)
        gathered.problems += too_near(result, outcome, self._deal)
        gathered.problems += against_plan(result, outcome, self._deal)
        return self._on_grid(result.value, name, outcome, gathered)

    def _on_grid(
        self, value: Fraction, name: str, outcome: Outcome, gathered: Gathered
    ) -> int | None:
        try:
            return round_exact(value / outcome.tick, outcome.rounding)
        except ValueError:
            gathered.problems.append(
                Problem(
                    sentence(
                        "The result {value} for `{name}` is finer than its smallest step, {tick}, "
                        "and the deal does not say how to round it.",
                        value=grouped(value),
                        name=name,
                        tick=exact_text(outcome.tick),
                    ),
                    sentence(
                        "Have the determination state the value to that step, or let an amendment "
                        "name the rounding."
                    ),
                )
            )
            return None

    def _within_bounds(
        self,
        found: Fraction,
        head_count: int | None,
        name: str,
        outcome: Outcome,
        gathered: Gathered,
    ) -> None:
        least, most = least_and_most(self._deal, outcome)
        if (least is not None and found < least) or (most is not None and found > most):
            low = "" if least is None else grouped(least)
            high = sentence("without end") if most is None else grouped(most)
            gathered.problems.append(
                Problem(
                    sentence(
                        "The result {found} for `{name}` lies outside the bounds of the deal, "
                        "{low} to {high}.",
                        found=grouped(found),
                        name=name,
                        low=low,
                        high=high,
                    ),
                    sentence("Check the result; widen the bounds by amendment if it is right."),
                )
            )
        people = outcome.bounds.people if outcome.bounds is not None else None
        if (
            people is not None
            and head_count is not None
            and not people.least <= head_count <= people.most
        ):
            gathered.problems.append(
                Problem(
                    sentence(
                        "The number of people behind `{name}` lies outside the bounds of the "
                        "deal, {least} to {most}.",
                        name=name,
                        least=grouped(people.least),
                        most=grouped(people.most),
                    ),
                    sentence("Check the result; widen the bounds by amendment if it is right."),
                )
            )

    def _missing(self, name: str, when: str, gathered: Gathered, cohort: str = "") -> None:
        of = sentence(", cohort {cohort}", cohort=cohort) if cohort else ""
        gathered.problems.append(
            Problem(
                sentence(
                    "There is no result for `{name}` in {when}{of}.",
                    name=name,
                    when=said_when(when),
                    of=of,
                ),
                sentence("Add it to the results; a measured zero must be stated as 0."),
            )
        )

    def _fact(self, term: PaymentTerm, fact: str, part: Part, gathered: Gathered) -> None:
        """A fact as the results of this period or point state it, all that do; else the latest."""
        found = [
            (_number_of(used.when), item.holds)
            for used in gathered.used
            if used.entry is not None
            for item in used.entry.result.facts
            if item.name == fact
        ]
        now = _number_of(part.when)
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
                number = _number_of(used.when)
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
                if problem := _doubtful_group(result, used.when, group, parts_of_group):
                    gathered.problems.append(problem)
                return self._on_grid(parts_of_group[0], used.outcome, outcome, gathered)
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


def _number_of(when: str) -> int:
    """The number of a period, 0 for a measurement point."""
    return int(when.split()[-1]) if when.startswith("period ") else 0


def _differ(name: str, when: str, entry: Entry, total: Fraction) -> Problem:
    """The problem of a result that its rows by person do not add up to."""
    return Problem(
        sentence(
            "For `{name}` in {when} the result is {value}, but the rows by person add up to "
            "{total}.",
            name=name,
            when=said_when(when),
            value=grouped(entry.result.value),
            total=grouped(total),
        ),
        sentence("Find out which of the two is right before anything is paid on it."),
    )


def _cohorts_differ(name: str, when: str, entry: Entry, total: Fraction) -> Problem:
    """The problem of a result that the results of its cohorts do not add up to."""
    return Problem(
        sentence(
            "For `{name}` in {when} the result for all is {value}, but those of the cohorts add "
            "up to {total}.",
            name=name,
            when=said_when(when),
            value=grouped(entry.result.value),
            total=grouped(total),
        ),
        sentence(
            "Find out which of the two is right before anything is paid on it, or state only "
            "cohorts."
        ),
    )


def _doubtful_group(
    result: Result, when: str, group: str, values: Sequence[Fraction]
) -> Problem | None:
    """A subgroup's part that is stated twice, or is no part of the result."""
    said = sentence(
        "of the subgroup `{group}` in the result for `{outcome}` in {when}",
        group=group,
        outcome=result.outcome,
        when=said_when(when),
    )
    if len(values) > 1:
        return Problem(
            sentence("The part {said} is stated {values} times.", said=said, values=len(values)),
            sentence("Keep the right one."),
        )
    least, most = sorted((Fraction(0), result.value))
    if not least <= values[0] <= most:
        return Problem(
            sentence(
                "The part {said} is {values}, which is no part of {value}.",
                said=said,
                values=grouped(values[0]),
                value=grouped(result.value),
            ),
            sentence("Correct it: a part lies between 0 and the whole."),
        )
    return None


def _refuse_unsigned(entry: Entry, rows: str, name: str, when: str, gathered: Gathered) -> None:
    """Add the problem of rows by person that are not those the determination signed."""
    if entry.rows is None or entry.rows == rows:
        return
    gathered.problems.append(
        Problem(
            sentence(
                "The rows by person for `{name}` in {when} are not those that determination "
                "{determination} signed.",
                name=name,
                when=said_when(when),
                determination=entry.determination or 0,
            ),
            sentence(
                "Put the signed rows back, or have the new ones determined in its place "
                "(--supersedes {determination}).",
                determination=entry.determination or 0,
            ),
        )
    )
