"""Replays all periods in order, each under its own version, and says what every line comes to.

The state carried from period to period (ceilings used, amounts carried and held, claims and
milestones of people) is keyed by the payment term's name, which never changes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.terms import PaymentTerm
from payforsuccess.errors import Place, Problem, Refusal, sentence
from payforsuccess.payments.book import ResultBook
from payforsuccess.payments.by_person import ByPerson
from payforsuccess.payments.compile import (
    LINE,
    PEOPLE,
    CompiledTerm,
    compile_term,
    condition_keys,
)
from payforsuccess.payments.compile.context import to_date_key
from payforsuccess.payments.gather import Gatherer
from payforsuccess.payments.history import DealHistory
from payforsuccess.payments.inputs import Gathered, Part
from payforsuccess.payments.line import Key, PartRun, TermInPeriod
from payforsuccess.payments.line_conditions import (
    bound_by,
    conditions_differ,
    conditions_met,
    left_behind,
)
from payforsuccess.payments.occasions import Occasions
from payforsuccess.payments.over_lines import OverLines
from payforsuccess.payments.people import Column, People
from payforsuccess.payments.reading import read
from payforsuccess.payments.together import netted_twice, rounded_once
from payforsuccess.units import Period


@dataclass
class Replay:
    """Every line of every period up to one, under the given results."""

    history: DealHistory
    through: int
    lines: dict[Key, TermInPeriod] = field(default_factory=dict)
    state: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    pinned: Mapping[Key, int] = field(default_factory=dict)

    def amount(self, period: int, term: str) -> int:
        """The entitlement of a term in a period, in minor units; 0 when it is not due."""
        if (period, term) in self.pinned:
            return self.pinned[(period, term)]
        line = self.lines.get((period, term))
        return 0 if line is None else line.amount


def replay(
    history: DealHistory,
    book: ResultBook,
    people: People | None = None,
    *,
    through: int,
    as_of: date | None = None,
    pinned: Mapping[Key, int] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Replay:
    """All lines of periods 1 to `through`; raises Refusal with every problem of every period.

    After `as_of` a measurement point whose last day has passed without a determination is not
    due; without `as_of` its missing result is a problem. `pinned` are lines that can no longer be
    corrected: they count as stated, and nothing later makes up for them.
    """
    _refuse_too_many(history, people)
    run = _Run(history, book, people, Replay(history, through, pinned=pinned or {}), as_of)
    for number in range(1, through + 1):
        run.period(history.schedule.period(number))
        if progress is not None:
            progress(number, through)
    if run.result.problems:
        raise Refusal(_once(run.result.problems))
    return run.result


def _refuse_too_many(history: DealHistory, people: People | None) -> None:
    """Rows of more people than the deal can serve: its proofs rest on that number."""
    deal = history.latest
    head_count = deal.people.head_count
    if people is not None and head_count is not None and len(people.keys) > head_count.most:
        raise Refusal(
            Problem(
                sentence(
                    "The rows by person name {keys:,} people, and the deal can serve at most "
                    "{most:,}.",
                    keys=len(people.keys),
                    most=head_count.most,
                ),
                sentence(
                    "Find out whether one person has two keys; raise the head count by amendment "
                    "if the number is right."
                ),
                deal.place_of("people", "head_count"),
            )
        )


def _once(problems: Sequence[Problem]) -> list[Problem]:
    return list(dict.fromkeys(problems))


class _Run:
    """The state of one replay."""

    def __init__(
        self,
        history: DealHistory,
        book: ResultBook,
        people: People | None,
        result: Replay,
        as_of: date | None,
    ) -> None:
        self._history, self._book, self._people = history, book, people
        self._as_of = as_of
        self.result = result
        self._by_person = ByPerson(history, people)
        self._over_lines = OverLines(history.schedule, result.state, result.pinned)

    def period(self, period: Period) -> None:
        """Compute every line of the period, then the ceilings over several lines."""
        deal = self._history.governing(period)
        lines: list[TermInPeriod] = []
        for version, number in self._terms(deal, period):
            place = version.place_of("payments", number)
            line = self._line(version.payments[number], version, period, place)
            if line is not None:
                lines.append(line)
        for line in self._over_lines.cut(lines, deal, period):
            self.result.lines[(period.number, line.term.name)] = line

    def _terms(self, deal: Deal, period: Period) -> list[tuple[Deal, int]]:
        """The period's payment terms, and new ones of versions that govern only some cohorts."""
        found = [(deal, number) for number in range(len(deal.payments))]
        names = {term.name for term in deal.payments}
        for version in self._history.by_cohort(period):
            for number, term in enumerate(version.payments):
                if term.name not in names:
                    names.add(term.name)
                    found.append((version, number))
        return found

    def _line(
        self, term: PaymentTerm, deal: Deal, period: Period, place: Place
    ) -> TermInPeriod | None:
        state = self.result.state
        parts = self._due(term, deal, period, place)
        if not parts:
            return None
        if problem := self._not_told_apart(term, parts, period):
            self.result.problems.append(problem.at(place))
            return None
        runs: list[PartRun] = []
        unavailable: set[str] = set()
        before = dict(state)
        for part in parts:
            run, gathered = self._part(part, term, deal, period)
            self.result.problems += [p.at(place) for p in gathered.problems]
            unavailable |= gathered.unavailable
            if run is not None:
                runs.append(run)
        if len(runs) < len(parts):
            return None
        runs = rounded_once(term, runs)
        if problem := netted_twice(term, runs) or conditions_differ(term, runs):
            self.result.problems.append(problem.at(place))
            return None
        for part in parts:
            if part.point:
                state[_point_key(term, part)] = 1
        if problems := left_behind(term, deal, state):
            self.result.problems += [problem.at(place) for problem in problems]
            return None
        earned = self._no_more_than_paid(term, sum(run.amount for run in runs))
        compiled = compile_term(term, deal=deal, period=period, unavailable=frozenset(unavailable))
        line_inputs = {**runs[-1].inputs, LINE: earned}
        if term.floor_each_period is not None and not conditions_met(
            compiled.line, line_inputs, state
        ):
            # a line that is held back or lost is not due, and a floor holds where a line is due
            compiled = compile_term(
                term,
                deal=deal,
                period=period,
                unavailable=frozenset(unavailable),
                with_floor=False,
            )
        after: dict[str, int] = {}
        amount: int = read(compiled.line)(line_inputs, state, after)
        bound = bound_by(compiled, line_inputs, state)
        state.update(after)
        key = f"earned:{term.name}"
        state[key] = state.get(key, 0) + max(amount, 0)
        return TermInPeriod(
            term=term,
            period=period,
            deal=deal,
            parts=tuple(_with_line(run, compiled) for run in runs),
            line_inputs=line_inputs,
            before=before,
            earned=earned,
            amount=amount,
            released=min(max(amount, 0), _sum_of(after, ".released")),
            carried=after.get(f"{term.name}.carried", 0),
            held=_sum_of(after, ".held"),
            bound_by=bound,
        )

    def _no_more_than_paid(self, term: PaymentTerm, earned: int) -> int:
        """What a fall takes back: what was paid beyond the new amount, never what was cut before.

        Without this a ceiling that cut an amount when it rose would see it taken back whole. What
        is held back or carried on was earned and not yet paid: a fall takes it off before that.
        """
        if not term.claws_back or earned >= 0:
            return earned
        state = self.result.state
        keys = [to_date_key(term.name), *_keys_of_cohorts(term, state)]
        to_date = sum(state.get(key, 0) for key in keys)
        waiting = state.get(f"{term.name}.carried", 0) + sum(
            state.get(f"{key}.held", 0) for key, _ in condition_keys(term)
        )
        return max(earned, min(0, to_date - state.get(f"{term.name}.entitled", 0) - waiting))

    def _not_told_apart(
        self, term: PaymentTerm, parts: Sequence[Part], period: Period
    ) -> Problem | None:
        """Let what a term earned to date follow the way in which its cohorts are now told apart.

        What cohorts earned is added up where they no longer are. The other way nobody knows which
        of them earned it, which is a problem: without it, it would be paid again.
        """
        state, whole = self.result.state, to_date_key(term.name)
        if term.reads != "to-date":
            return None
        if all(part.cohort for part in parts):
            if not state.get(whole):
                return None
            return Problem(
                sentence(
                    "From period {period} on `{term}` tells its cohorts apart, and it is read to "
                    "date: what each of them earned before is not known.",
                    period=period.number,
                    term=term.name,
                ),
                sentence("Give one result for each cohort in every period before it too."),
            )
        for key in _keys_of_cohorts(term, state):
            state[whole] = state.get(whole, 0) + state.pop(key)
        self._by_person.put_together(term.name)
        return None

    def _due(self, term: PaymentTerm, deal: Deal, period: Period, place: Place) -> tuple[Part, ...]:
        """The parts of the term that are due: each point once, each cohort under its version."""
        occasions = Occasions(
            deal,
            period,
            self._book,
            self._people,
            tells_cohorts=bool(self._history.by_cohort(period)),
        )
        found, problems = occasions.parts(term)
        self.result.problems += [problem.at(place) for problem in problems]
        due: list[Part] = []
        for part in () if problems else found:
            if part.point and self.result.state.get(_point_key(term, part)):
                continue  # an amendment moved its day, and it was paid before
            if occasions.lapsed(term, part, self._as_of):
                self.result.notes.append(
                    sentence(
                        "Nothing is due on `{term}` at the point {point}: no result was "
                        "determined by its last day.",
                        term=term.name,
                        point=part.point,
                    )
                )
                continue
            if part.cohort:
                version = self._history.governing(period, cohort=part.cohort)
                if all(other.name != term.name for other in version.payments):
                    continue
            due.append(part)
        return tuple(due)

    def _part(
        self, part: Part, term: PaymentTerm, line_deal: Deal, period: Period
    ) -> tuple[PartRun | None, Gathered]:
        deal = self._history.governing(period, cohort=part.cohort) if part.cohort else line_deal
        own = next((t for t in deal.payments if t.name == term.name), term)
        gathered = Gatherer(deal, period, self._book, self._people).gather(own, part)
        by_person = self._by_person.is_needed(own, deal, period, gathered)
        if gathered.problems:
            return None, gathered
        compiled = compile_term(
            own,
            deal=deal,
            period=period,
            by_person=by_person,
            cohort=part.cohort,
            unavailable=frozenset(gathered.unavailable),
        )
        state = self.result.state
        before = dict(state)
        column: Column | None = None
        try:
            if compiled.person is not None and self._people is not None:
                column = self._by_person.earned(compiled, part, period)
                gathered.inputs[PEOPLE] = self._people.total(column)
            after: dict[str, int] = {}
            amount: int = read(compiled.part)(gathered.inputs, state, after)
        except Refusal as refusal:
            gathered.problems += refusal.problems
            return None, gathered
        except ValueError as error:
            gathered.problems.append(
                Problem(
                    sentence(
                        "The line `{name}` cannot be rounded: {error}.",
                        name=own.name,
                        error=str(error),
                    ),
                    sentence("Ask the parties."),
                )
            )
            return None, gathered
        state.update(after)
        # Kept for every term: an amendment may let it be read to date from some period on.
        key = to_date_key(own.name, part.cohort)
        if key not in after:
            state[key] = state.get(key, 0) + amount
        run = PartRun(
            part, deal, compiled, gathered.inputs, before, amount, tuple(gathered.used), column
        )
        return run, gathered


def _with_line(run: PartRun, compiled: CompiledTerm) -> PartRun:
    """The part with the line's tree as it was used (conditions on missing outcomes closed)."""
    own = run.compiled
    return replace(run, compiled=CompiledTerm(own.name, own.part, compiled.line, own.person))


def _sum_of(after: Mapping[str, int], ending: str) -> int:
    return sum(value for key, value in after.items() if key.endswith(ending))


def _keys_of_cohorts(term: PaymentTerm, state: Mapping[str, int]) -> list[str]:
    """Where what each cohort of a term earned to date is kept."""
    return [key for key in state if key.startswith(f"{to_date_key(term.name)}.")]


def _point_key(term: PaymentTerm, part: Part) -> str:
    return f"{term.name}.point.{part.point}"
