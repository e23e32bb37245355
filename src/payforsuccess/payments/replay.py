"""Replays all periods in order, each under its own version, and says what every line comes to.

The state carried from period to period (ceilings used, amounts carried and held, claims and
milestones of people) is keyed by the payment term's name, which never changes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.terms import Milestones, PaymentTerm
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.payments.book import ResultBook
from payforsuccess.payments.compile import (
    EACH_PERSON_KEY,
    LINE,
    PEOPLE,
    CompiledTerm,
    compile_term,
    condition_keys,
)
from payforsuccess.payments.history import DealHistory
from payforsuccess.payments.inputs import Gathered, Gatherer, Part, reads_people
from payforsuccess.payments.limits import ceilings_left, cut_lines, let_through
from payforsuccess.payments.line import PartRun, TermInPeriod
from payforsuccess.payments.line_conditions import (
    bound_by,
    conditions_differ,
    conditions_met,
    left_behind,
)
from payforsuccess.payments.nodes import (
    Outcome,
    Round,
    walk,
)
from payforsuccess.payments.people import Column, People
from payforsuccess.payments.reading import read, unit_of
from payforsuccess.units import (
    CURRENCY_DIGITS,
    Period,
    money_text,
    round_exact,
)

Key = tuple[int, str]


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
                f"The rows by person name {len(people.keys):,} people, and the deal can serve at "
                f"most {head_count.most:,}.",
                "Find out whether one person has two keys; raise the head count by amendment if "
                "the number is right.",
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
        self._people_state: dict[str, Column] = {}
        self._as_of = as_of
        self.result = result
        for name in {name for _, name in result.pinned}:
            result.state[f"{name}.ceiling"] = self._reserved(0, name)

    def _reserved(self, after: int, name: str | None = None) -> int:
        """What is pinned in later periods: earlier ones leave it its room under a ceiling."""
        return sum(
            max(amount, 0)
            for (number, term), amount in self.result.pinned.items()
            if number > after and name in (None, term)
        )

    def period(self, period: Period) -> None:
        """Compute every line of the period, then the ceilings over several lines."""
        deal = self._history.governing(period)
        lines: list[TermInPeriod] = []
        for version, number in self._terms(deal, period):
            place = version.place_of("payments", number)
            line = self._line(version.payments[number], version, period, place)
            if line is not None:
                lines.append(line)
        for line in self._over_lines(lines, deal, period):
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
        runs = _rounded_once(term, runs)
        if problem := _netted_twice(term, runs) or conditions_differ(term, runs):
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
        keys = [
            k for k in state if k == f"{term.name}.to-date" or k.startswith(f"{term.name}.to-date.")
        ]
        if not keys:
            return earned
        to_date = sum(state[key] for key in keys)
        waiting = state.get(f"{term.name}.carried", 0) + sum(
            state.get(f"{key}.held", 0) for key, _ in condition_keys(term)
        )
        return max(earned, min(0, to_date - state.get(f"{term.name}.entitled", 0) - waiting))

    def _due(self, term: PaymentTerm, deal: Deal, period: Period, place: Place) -> tuple[Part, ...]:
        """The parts of the term that are due: each point once, each cohort under its version."""
        gatherer = self._gatherer(deal, period)
        found, problems = gatherer.parts(term)
        self.result.problems += [problem.at(place) for problem in problems]
        due: list[Part] = []
        for part in () if problems else found:
            if part.point and self.result.state.get(_point_key(term, part)):
                continue  # an amendment moved its day, and it was paid before
            if gatherer.lapsed(term, part, self._as_of):
                self.result.notes.append(
                    f"Nothing is due on `{term.name}` at the point {part.point}: no result was "
                    "determined by its last day."
                )
                continue
            if part.cohort:
                version = self._history.governing(period, cohort=part.cohort)
                if all(other.name != term.name for other in version.payments):
                    continue
            due.append(part)
        return tuple(due)

    def _gatherer(self, deal: Deal, period: Period) -> Gatherer:
        return Gatherer(
            deal,
            period,
            self._book,
            self._people,
            tells_cohorts=bool(self._history.by_cohort(period)),
        )

    def _part(
        self, part: Part, term: PaymentTerm, line_deal: Deal, period: Period
    ) -> tuple[PartRun | None, Gathered]:
        deal = self._history.governing(period, cohort=part.cohort) if part.cohort else line_deal
        own = next((t for t in deal.payments if t.name == term.name), term)
        gathered = self._gatherer(deal, period).gather(own, part)
        by_person = self._by_person(own, deal, period, gathered)
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
                column = self._each_person(compiled, part, deal, period)
                gathered.inputs[PEOPLE] = self._people.total(column)
            after: dict[str, int] = {}
            amount: int = read(compiled.part)(gathered.inputs, state, after)
        except Refusal as refusal:
            gathered.problems += refusal.problems
            return None, gathered
        except ValueError as error:
            gathered.problems.append(
                Problem(f"The line `{own.name}` cannot be rounded: {error}.", "Ask the parties.")
            )
            return None, gathered
        state.update(after)
        # Kept for every term: an amendment may let it be read to date from some period on.
        key = f"{own.name}.to-date" + (f".{part.cohort}" if part.cohort else "")
        if key not in after:
            state[key] = state.get(key, 0) + amount
        run = PartRun(
            part, deal, compiled, gathered.inputs, before, amount, tuple(gathered.used), column
        )
        return run, gathered

    def _by_person(self, term: PaymentTerm, deal: Deal, period: Period, gathered: Gathered) -> bool:
        """Whether to compute by person; a problem when that is needed and rows are missing."""
        needed = reads_people(term, deal) or self._is_limited_later(term)
        has_rows = self._people is not None and any(
            self._people.has(name, period.number) for name in term._own_outcomes()
        )
        nothing = all(gathered.inputs.get(name, 0) == 0 for name in term._own_outcomes())
        reads = self._people is not None and (
            needed or (isinstance(term, Milestones) and has_rows and term.reads != "points")
        )
        for name in term._own_outcomes():
            if self._people is None or not (reads and has_rows) or gathered.problems:
                break
            if gathered.inputs.get(name) and not self._people.has(name, period.number):
                gathered.problems.append(
                    Problem(
                        f"The payment term `{term.name}` is computed by person in period "
                        f"{period.number}, and `{name}` has a total but no rows by person.",
                        "Give rows by person for every outcome of the line, or for none.",
                    )
                )
        if needed and not has_rows and not nothing and not gathered.problems:
            gathered.problems.append(
                Problem(
                    f"The payment term `{term.name}` has limits for each person, now or by a later "
                    f"amendment, and there are no rows by person for period {period.number}.",
                    "Give results by person (outcome, period, person, quantity).",
                )
            )
        return reads

    def _is_limited_later(self, term: PaymentTerm) -> bool:
        """Whether another version limits what one person earns: it must know what each earned."""
        return any(
            reads_people(other, version)
            for version in self._history.versions
            for other in version.payments
            if other.name == term.name
        )

    def _each_person(
        self, compiled: CompiledTerm, part: Part, deal: Deal, period: Period
    ) -> Column:
        people = self._people
        assert people is not None and compiled.person is not None
        inputs: dict[str, Column] = {}
        for leaf in walk(compiled.person):
            if isinstance(leaf, Outcome) and leaf.name not in inputs:
                name, _, group = leaf.name.partition("@")
                inputs[leaf.name] = people.quantities(
                    name, period.number, tick=leaf.tick, group=group, cohort=part.cohort
                )
        column, after = people.read(compiled.person, inputs, self._people_state)
        self._people_state.update(after)
        self._remember_people(compiled, part, column, after, inputs)
        return column

    def _remember_people(
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
            f"{name}.to-date": earned,
            EACH_PERSON_KEY: earned,
        }
        counted = [leaf for leaf in inputs if "@" not in leaf]
        if len(counted) == 1:
            kept[f"{name}.units"] = inputs[counted[0]]
        for key, amounts in kept.items():
            if key not in after:
                before = self._people_state.get(key)
                self._people_state[key] = amounts if before is None else people.add(before, amounts)

    def _over_lines(
        self, lines: list[TermInPeriod], deal: Deal, period: Period
    ) -> list[TermInPeriod]:
        """Cohort ceilings, then the deal's ceilings in their order (`limits`)."""
        state = self.result.state
        digits = 10 ** CURRENCY_DIGITS[deal.currency]
        said: list[list[str]] = [[] for _ in lines]
        amounts = self._cohort_ceilings(lines, deal, digits, said)
        for at, line in enumerate(lines):
            # Entitlement to date is never below 0, except where the term says who pays whom.
            least = -state.get(f"{line.term.name}.entitled", 0)
            if line.term.may_be_negative is None and amounts[at] < least:
                amounts[at] = least
                said[at].append("no less than 0 to date")
        pinned = {
            name: amount
            for (number, name), amount in self.result.pinned.items()
            if number == period.number
        }
        free = [at for at, line in enumerate(lines) if line.term.name not in pinned]
        fixed = sum(pinned.values())
        used = state.get("deal.ceiling", 0)
        periods = self._history.schedule.all()[: period.number]
        in_all = _minor(deal.ceiling, digits)
        for limit, allowed in ceilings_left(
            period=_minor(deal.ceilings.each_period, digits),
            let=let_through(deal, periods),
            deal=None if in_all is None else in_all - self._reserved(period.number),
            paid=used,
        ):
            cut = cut_lines(
                [amounts[at] for at in free], allowed=allowed - fixed, cut=deal.ceilings.cut
            )
            for at, amount in zip(free, cut, strict=True):
                if amount != amounts[at]:
                    room = money_text(max(allowed, 0), deal.currency, code=True)
                    said[at].append(f"{limit}, which has room for {room} in all")
                amounts[at] = amount
        for at, line in enumerate(lines):
            if line.term.name in pinned and amounts[at] != pinned[line.term.name]:
                amounts[at] = pinned[line.term.name]
                said[at].append("what was stated: it can no longer be corrected")
        others = sum(pinned.values()) - sum(pinned.get(line.term.name, 0) for line in lines)
        state["deal.ceiling"] = used + sum(amounts) + others
        return [
            self._settled(line, amount, reasons)
            for line, amount, reasons in zip(lines, amounts, said, strict=True)
        ]

    def _settled(self, line: TermInPeriod, amount: int, reasons: Sequence[str]) -> TermInPeriod:
        """The line at its last amount; its own ceiling has used what it pays, no more."""
        state, name = self.result.state, line.term.name
        state[f"{name}.entitled"] = state.get(f"{name}.entitled", 0) + amount
        # Kept also without a ceiling: one that an amendment brings bounds all that was paid.
        reserved = self._reserved(line.period.number, name)
        state[f"{name}.ceiling"] = state[f"{name}.entitled"] + reserved
        if amount == line.amount:
            return line
        return replace(
            line,
            amount=amount,
            released=min(line.released, max(amount, 0)),
            # The short name; what stands behind its comma are the numbers, for the step.
            bound_by=(*line.bound_by, *(reason.split(", ")[0] for reason in reasons)),
            over_lines=tuple(reasons),
        )

    def _cohort_ceilings(
        self, lines: list[TermInPeriod], deal: Deal, digits: int, said: list[list[str]]
    ) -> list[int]:
        """Each line's amount after the ceilings for each cohort, of the line and of the deal."""
        state = self.result.state
        amounts: list[int] = []
        for number, line in enumerate(lines):
            own = _minor(line.term.ceiling_each_cohort, digits)
            over = _minor(deal.ceilings.each_cohort, digits)
            left, total = line.amount, 0
            for run in line.parts:
                part = min(run.amount, left) if left >= 0 else left
                left -= part
                cohort = run.part.cohort
                for key, at in (
                    (f"{line.term.name}.cohort.{cohort}", own),
                    (f"deal.cohort.{cohort}", over),
                ):
                    if at is not None:
                        part = min(part, max(at - state.get(key, 0), 0))
                for key in (f"{line.term.name}.cohort.{cohort}", f"deal.cohort.{cohort}"):
                    state[key] = state.get(key, 0) + part
                total += part
            if own is None and over is None:
                # What is carried or held belongs to no one cohort; only a ceiling needs to know.
                total = line.amount
            if total != line.amount:
                said[number].append("the ceiling for a cohort")
            amounts.append(total)
        return amounts


def _minor(amount: Any, digits: int) -> int | None:
    return None if amount is None else int(amount * digits)


def _with_line(run: PartRun, compiled: CompiledTerm) -> PartRun:
    """The part with the line's tree as it was used (conditions on missing outcomes closed)."""
    own = run.compiled
    return replace(run, compiled=CompiledTerm(own.name, own.part, compiled.line, own.person))


def _sum_of(after: Mapping[str, int], ending: str) -> int:
    return sum(value for key, value in after.items() if key.endswith(ending))


def _point_key(term: PaymentTerm, part: Part) -> str:
    return f"{term.name}.point.{part.point}"


def _rounded_once(term: PaymentTerm, runs: list[PartRun]) -> list[PartRun]:
    """The parts of one line (cohorts, points) so that their sum is rounded once, as a line is.

    Only for parts that round: a term read to date, or rounded for each person, keeps its own.
    """
    if len(runs) < 2 or term.round_each == "person" or term.rounding == "refuse":
        return runs
    exact: list[Fraction] = []
    for run in runs:
        part = run.compiled.part
        if not isinstance(part, Round):
            return runs
        exact.append(read(part.of)(run.inputs, run.before, {}) * unit_of(part.of))
    rest = round_exact(sum(exact, Fraction(0)), term.rounding) - sum(run.amount for run in runs)
    if all(value.denominator == 1 for value in exact):
        return runs
    step = 1 if rest > 0 else -1
    gaps = [(value - run.amount) * step for value, run in zip(exact, runs, strict=True)]
    first = sorted(range(len(runs)), key=lambda at: (-gaps[at], at))[: abs(rest)]
    return [
        replace(run, amount=run.amount + (step if at in first else 0), unrounded=exact[at])
        for at, run in enumerate(runs)
    ]


def _netted_twice(term: PaymentTerm, runs: Sequence[PartRun]) -> Problem | None:
    """The problem of one other income that would be taken off several parts of a line."""
    slots = [
        (used.when, used.cohort) for run in runs for used in run.used if used.outcome == term.net_of
    ]
    if len(runs) < 2 or len(set(slots)) == len(slots):
        return None
    return Problem(
        f"`{term.net_of}` would be taken off `{term.name}` twice, for "
        f"{' and '.join(run.part.cohort or run.part.point for run in runs)}, which fall due "
        "together.",
        "State its part for each of them.",
    )
