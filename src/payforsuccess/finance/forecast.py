"""One world for each case, in whole minor units: the statements that would follow, and cash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from payforsuccess.deal.assumptions import CASES, Assumptions, Case
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Fact, GroupValue, Result, Results
from payforsuccess.errors import Problem, Refusal
from payforsuccess.finance.calendar import CashCalendar, cash_calendar
from payforsuccess.finance.money import money_needed, whole_minor
from payforsuccess.finance.moves import Flows
from payforsuccess.finance.outcomes import Fixed, WorldResults, results_of
from payforsuccess.finance.people import People, people_of
from payforsuccess.finance.priced import priced_deal
from payforsuccess.finance.slots import Slot, slots_of
from payforsuccess.finance.triggers import goes_on, triggers_met
from payforsuccess.finance.waterfall.arithmetic import Exact
from payforsuccess.finance.waterfall.lacks import lacks_for_waterfall
from payforsuccess.finance.waterfall.run import run_waterfall
from payforsuccess.payments.book import ResultBook, open_book
from payforsuccess.payments.history import DealHistory
from payforsuccess.payments.line import TermInPeriod
from payforsuccess.payments.replay import replay
from payforsuccess.units import round_exact


@dataclass(frozen=True)
class CaseForecast:
    """What one case comes to: people, results, what each payment line pays and why, and cash.

    `lines` are the lines of every statement by period and term, with their steps; `met` says of
    each trigger whether it is met; `flows` are every move of cash, in minor units, on the days of
    `calendar`, which cases share while the lags differ.
    """

    case: Case
    people: People
    results: WorldResults
    lines: Mapping[tuple[int, str], TermInPeriod]
    met: Mapping[str, bool]
    flows: Flows
    calendar: CashCalendar

    def amount(self, period: int, term: str) -> int:
        """What a term pays for a period, in minor units; 0 when it is not due."""
        line = self.lines.get((period, term))
        return 0 if line is None else line.amount

    @property
    def earned(self) -> int:
        """What all lines of all statements come to, in minor units."""
        return sum(line.amount for line in self.lines.values())

    @property
    def paid(self) -> int:
        """What payors paid for success in the end, less what was taken back, in minor units.

        It is what is earned, but for overpayments that stay credited or are forgiven, and for what
        passes the payors' ceilings (see `Flows`).
        """
        return int(self.flows.paid)


@dataclass(frozen=True)
class Forecast:
    """A deal under its assumptions, case by case.

    `deal` is the version that was priced (see `priced_deal`); `notes` say what a reader of the
    numbers must know. `determined` are the results that stand in place of what is assumed, as the
    book of results names them, and `is_determined` says that nothing is left to assume.
    """

    deal: Deal
    assumptions: Assumptions
    calendar: CashCalendar
    cases: Mapping[Case, CaseForecast]
    notes: tuple[str, ...]
    determined: frozenset[tuple[str, str, str]] = frozenset()

    @property
    def is_determined(self) -> bool:
        """Whether every result that the deal reads is determined."""
        return all(slot.key in self.determined for slot in slots_of(self.deal))


def forecast(
    history: DealHistory,
    assumptions: Assumptions,
    *,
    known: Sequence[Result] = (),
    cases: Sequence[Case] = CASES,
    success: Fraction = Fraction(1),
) -> Forecast:
    """Each case priced by the deal's own payment terms and paid out in the deal's own order.

    `known` are results already determined: they stand in place of what is assumed. `success`
    stretches what is assumed for outcomes from no success (0) to the assumptions (1). Raises
    Refusal where the deal lacks something a waterfall needs, or where its terms refuse a result.
    """
    priced = priced_deal(history)
    deal = priced.deal
    lacking = tuple(lacks_for_waterfall(deal))
    if lacking:
        raise Refusal(lacking)
    calendars = {case: cash_calendar(deal, assumptions, case=case) for case in CASES}
    found = {
        case: _in_case(deal, assumptions, calendars[case], case=case, known=known, success=success)
        for case in cases
    }
    told = {result.slot for result in known}
    determined = frozenset(slot.key for slot in slots_of(deal) if slot.key in told)
    return Forecast(deal, assumptions, calendars["base"], found, priced.left_out, determined)


def _in_case(
    deal: Deal,
    assumptions: Assumptions,
    calendar: CashCalendar,
    *,
    case: Case,
    known: Sequence[Result],
    success: Fraction,
) -> CaseForecast:
    slots = slots_of(deal)
    assumed = _Assumed(deal, assumptions, slots, calendar, case, tuple(known), success)
    people, results = _world(assumed)
    met = triggers_met(deal, assumptions, people, results, case=case)
    ends = goes_on(deal, met, calendar.periods)
    if ends is not None and not all(ends):
        people, results = _world(assumed, ends)
    book = open_book(results_file(deal, assumptions, results, case=case))
    through = len(calendar.periods)
    lines = _lines(assumed, book, through)
    flows = run_waterfall(
        deal,
        calendar,
        needs=money_needed(deal, assumptions, calendar, people, case=case, minor=whole_minor),
        payments={
            (calendar.at(calendar.paid_on[number - 1]), name): line.amount
            for (number, name), line in lines.items()
        },
        draws=assumptions.draws,
        triggers_met=met,
        arithmetic=Exact(),
    )
    return CaseForecast(case, people, results, lines, met, flows, calendar)


def _lines(
    assumed: _Assumed, book: ResultBook, through: int
) -> Mapping[tuple[int, str], TermInPeriod]:
    """What payment terms pay; a result that they refuse is one that was assumed, and says so."""
    try:
        return replay(DealHistory((assumed.deal,)), book, through=through).lines
    except Refusal as refused:
        raise Refusal(_not_taken(assumed, problem.what) for problem in refused.problems) from None


def _not_taken(assumed: _Assumed, what: str) -> Problem:
    """A result that no statement takes: assumed, or, where some are determined, one of the two."""
    case = f"In the {assumed.case} case"
    if assumed.known:
        return Problem(
            f"{case} the results that are determined, and what is assumed for the others, give a "
            f"result that no statement takes: {what}",
            "If it is on record, have it determined anew (pfs determine --supersedes); else change "
            "what is assumed for it.",
            assumed.assumptions.place_of("outcomes"),
        )
    return Problem(
        f"{case} what is assumed gives a result that no statement takes: {what}",
        "Change what is assumed for it.",
        assumed.assumptions.place_of("outcomes"),
    )


@dataclass(frozen=True)
class _Assumed:
    """All that a world rests on."""

    deal: Deal
    assumptions: Assumptions
    slots: Sequence[Slot]
    calendar: CashCalendar
    case: Case
    known: Sequence[Result]
    success: Fraction


def _world(on: _Assumed, ends: Sequence[int] | None = None) -> tuple[People, WorldResults]:
    people = people_of(
        on.assumptions,
        on.calendar.periods,
        case=on.case,
        reached=on.assumptions.enrolment.reached.in_case(on.case),
        whole=round_exact,
        ends_before=ends,
    )
    results = results_of(
        on.deal,
        on.assumptions,
        on.slots,
        people,
        case=on.case,
        draws=Fixed(),
        success=on.success,
    )
    return people, with_known(results, on.deal, on.known)


def with_known(results: WorldResults, deal: Deal, known: Sequence[Result]) -> WorldResults:
    """The results with those that are determined already in place of what is assumed."""
    if not known:
        return results
    told = {result.slot: result.value for result in known}
    ticks = dict(results.ticks)
    for slot in ticks:
        if slot.key in told:
            outcome = deal.outcomes[slot.outcome]
            ticks[slot] = round_exact(told[slot.key] / outcome.tick, outcome.rounding)
    return WorldResults(ticks, results.truth)


def results_file(
    deal: Deal, assumptions: Assumptions, results: WorldResults, *, case: Case
) -> Results:
    """The world's values as a results file would state them, with facts and subgroups' parts.

    An effect is stated as found beyond doubt: a case is a story in which the estimate is the truth.
    """
    facts = tuple(
        Fact(name=fact.name, holds=fact.holds.in_case(case) >= Fraction(1, 2))
        for fact in assumptions.facts
    )
    found = []
    for slot, ticks in results.ticks.items():
        outcome = deal.outcomes[slot.outcome]
        value = ticks * outcome.tick
        groups = tuple(
            GroupValue(
                group=g.group, value=round_exact(value * g.share / outcome.tick) * outcome.tick
            )
            for g in assumptions.groups
            if g.outcome == slot.outcome
        )
        number = slot.at + 1 if slot.when.startswith("period ") else None
        found.append(
            Result(
                outcome=slot.outcome,
                period=number,
                point=None if number is not None else slot.when.removeprefix("point "),
                cohort=slot.cohort or None,
                value=value,
                p_value=Fraction(0) if deal.outcomes[slot.outcome].type == "impact" else None,
                facts=facts,
                groups=groups,
            )
        )
    return Results(results=tuple(found))
