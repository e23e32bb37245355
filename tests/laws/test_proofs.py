"""What `prove` claims about a deal holds for every set of results that was drawn and replayed."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.deal.checks import check_deal
from payforsuccess.deal.contract import Amendment
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Result, Results
from payforsuccess.errors import Proved, Refusal
from payforsuccess.payments.analyse import Direction, Question, trend_of
from payforsuccess.payments.book import open_book
from payforsuccess.payments.compile import compile_term
from payforsuccess.payments.history import DealHistory
from payforsuccess.payments.people import PeopleList, PersonRow
from payforsuccess.payments.proofs import liability_of, prove, reaches_of
from payforsuccess.payments.proofs.nothing import nothing_without_success
from payforsuccess.payments.replay import Replay, replay
from payforsuccess.units import fiscal_year_of
from tests.lib.deals import TERMS, a_deal, a_term, an_outcome

PERIODS = 4
OWN = {"unit-price": ("homes",), "schedule": ("reduction",), "pot": ("homes", "reduction")}
TO_DATE = ("unit-price", "milestones", "savings-share", "pot")


@st.composite
def deals(draw: st.DrawFn) -> Deal:
    """A deal with one or two lines of any kind and a few modifiers; it has no problem."""
    kinds = draw(st.lists(st.sampled_from(sorted(TERMS)), min_size=1, max_size=2, unique=True))
    terms = [a_term(kind, **draw(modifiers(kind))) for kind in kinds]
    changes: dict[str, Any] = {}
    if draw(st.booleans()):
        changes["ceiling"] = str(draw(st.integers(1, 20_000)))
    if draw(st.booleans()):
        changes["ceilings"] = {
            "each_period": str(draw(st.integers(1, 9_000))),
            "cut": draw(st.sampled_from(["last-first", "pro-rata"])),
        }
    reported = "to-date" if any(term.reads == "to-date" for term in terms) else "period"
    outcomes = {}
    if any("reduction" in term.outcomes_read() for term in terms):
        outcomes["reduction"] = an_outcome("reduction", reported_as=reported)
    deal = a_deal(payments=terms, outcomes=outcomes, ends_on="2026-12-31", **changes)
    sound = not check_deal(deal)
    return deal if sound else a_deal(ends_on="2026-12-31", **changes)


@st.composite
def modifiers(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    """Modifiers that the kind can carry."""
    found: dict[str, Any] = {}
    if draw(st.booleans()):
        found["ceiling"] = str(draw(st.integers(0, 9_000)))
    if draw(st.booleans()):
        found["ceiling_each_period"] = str(draw(st.integers(0, 3_000)))
        if draw(st.booleans()):
            found["carry_until"] = draw(st.sampled_from(["2026-04-01", "2026-12-31"]))
    if draw(st.booleans()):
        found["conditions"] = [
            {
                "outcome": draw(st.sampled_from(["days", *OWN.get(kind, ())])),
                draw(st.sampled_from(["at_least", "less_than"])): str(draw(st.integers(0, 4_000))),
                "held": draw(st.sampled_from(["in-period", "once-met"])),
                "otherwise": draw(st.sampled_from(["lost", "held"])),
            }
        ]
    if kind in TO_DATE and draw(st.booleans()):
        found["reads"] = "to-date"
        found["claws_back"] = draw(st.sampled_from(["true", "false"]))
    if kind not in ("coupon", "savings-share") and draw(st.booleans()):
        found["net_of"] = "saved"
    if kind in ("unit-price", "effect-price", "pot") and draw(st.booleans()):
        found["index"] = {"yearly": "1.1"}
    return found


@st.composite
def results_within(draw: st.DrawFn, deal: Deal) -> Results:
    """Results for every outcome and period, inside the bounds of the deal."""
    found = []
    for name, outcome in deal.outcomes.items():
        assert outcome.bounds is not None and outcome.bounds.value is not None
        bounds = outcome.bounds.value
        steps = int((bounds.most - bounds.least) / outcome.tick)
        for period in range(1, PERIODS + 1):
            value = bounds.least + draw(st.integers(0, steps)) * outcome.tick
            found.append(Result(outcome=name, period=period, value=value))
    return Results(results=tuple(found))


def replayed(deal: Deal, results: Results) -> Replay | None:
    """The replay of all periods, or None where the results are refused (milestone order)."""
    try:
        return replay(DealHistory((deal,)), open_book(results), through=PERIODS)
    except Refusal:
        return None


@given(st.data(), deals())
def test_no_history_passes_what_is_proved_of_it(data: st.DataObject, deal: Deal) -> None:
    run = replayed(deal, data.draw(results_within(deal)))
    if run is None:
        return
    reaches = reaches_of(deal)
    for reach in reaches:
        total = 0
        for period in range(1, PERIODS + 1):
            amount = run.amount(period, reach.name)
            bounds = reach.each_period[period - 1]
            assert bounds.most is None or amount <= bounds.most
            total += amount
        assert reach.in_all is None or total <= reach.in_all
    liability = liability_of(deal, reaches)
    years: dict[int, int] = {}
    for (number, _), line in run.lines.items():
        due = deal.schedule.period(number).last_day.toordinal() + deal.pays_within_days.days
        start = deal.fiscal_year_starts
        day = type(line.period.start).fromordinal(due)
        year = fiscal_year_of(day, starts_month=start.month, starts_day=start.day)
        years[year] = years.get(year, 0) + line.amount
    assert liability.in_all is None or sum(years.values()) <= liability.in_all
    for known in liability.years:
        assert known.most is None or years.get(known.fiscal_year, 0) <= known.most


@given(st.data(), deals(), deals())
def test_no_amended_history_passes_what_is_proved_of_it(
    data: st.DataObject, first: Deal, second: Deal
) -> None:
    later = second.model_copy(
        update={
            "in_force_from": first.schedule.period(data.draw(st.integers(2, PERIODS))).start,
            "amendment": Amendment(number=1, says="A change", touches=("money",)),
        }
    )
    both = first.model_copy(update={"outcomes": {**first.outcomes, **second.outcomes}})
    history = DealHistory((first, later))
    try:
        book = open_book(data.draw(results_within(both)))
        run = replay(history, book, through=PERIODS)
    except Refusal:
        return
    before = [reaches_of(first)]
    liability = liability_of(later, reaches_of(later), before)
    paid = sum(line.amount for line in run.lines.values())
    assert liability.in_all is None or paid <= liability.in_all
    for finding in prove(later, [first]):
        assert finding.what.endswith((".", ")"))


@st.composite
def deals_by_person(draw: st.DrawFn) -> Deal:
    """A deal of at most five people with a line that looks at each of them."""
    changes: dict[str, Any] = {"pays_for": "days", "round_each": "person"}
    changes["price"] = draw(st.sampled_from(["1", "2.345", "0.005", "10/3"]))
    if draw(st.booleans()):
        changes["limit_each_person"] = str(draw(st.integers(1, 40)))
    if draw(st.booleans()):
        changes["ceiling_each_person"] = str(draw(st.integers(1, 60)))
    if draw(st.booleans()):
        changes["deduct"] = "jail_days"
    if draw(st.booleans()):
        changes["subgroups"] = [
            {"group": "veterans", "times": "1.5"},
            {"group": "parents", "times": draw(st.sampled_from(["2", "0.5"]))},
        ]
    if draw(st.booleans()):
        changes["reads"] = "to-date"
    if draw(st.booleans()):
        changes["rounding"] = "down"
    if draw(st.booleans()):
        changes["index"] = {"yearly": "1.1"}
    ceilings = {"each_person": str(draw(st.integers(1, 60)))} if draw(st.booleans()) else {}
    return a_deal(
        payments=[a_term(**changes)],
        ends_on="2026-12-31",
        ceilings=ceilings,
        people={
            "says": "Five people",
            "start_event": "release",
            "head_count": {"least": "0", "most": "5"},
            "subgroups": ["veterans", "parents"],
        },
        outcomes={
            name: an_outcome(name, bounds={"value": {"least": "0", "most": "100"}})
            for name in ("days", "jail_days")
        },
    )


@given(st.data(), deals_by_person())
def test_no_rows_by_person_pass_what_is_proved(data: st.DataObject, deal: Deal) -> None:
    assert check_deal(deal) == ()
    groups = {
        person: tuple(data.draw(st.sets(st.sampled_from(["veterans", "parents"]))))
        for person in "abcde"
    }
    rows = [
        PersonRow(name, period, person, Fraction(data.draw(st.integers(0, 20))), groups[person])
        for name in ("days", "jail_days")
        for period in range(1, PERIODS + 1)
        for person in "abcde"
    ]
    run = replay(DealHistory((deal,)), open_book(None), PeopleList(rows), through=PERIODS)
    (reach,) = reaches_of(deal)
    total = 0
    for period in range(1, PERIODS + 1):
        amount = run.amount(period, reach.name)
        most = reach.each_period[period - 1].most
        assert most is None or amount <= most
        total += amount
    assert reach.in_all is None or total <= reach.in_all


@given(deals())
def test_nothing_is_paid_where_nothing_is_proved_due(deal: Deal) -> None:
    proved = any(
        isinstance(finding, Proved) for finding in nothing_without_success(deal, reaches_of(deal))
    )
    results = []
    for name, outcome in deal.outcomes.items():
        if name == "served":  # how many people there are is no success
            value: Fraction = Fraction(50)
        else:
            value = outcome.no_success
        results += [
            Result(outcome=name, period=period, value=value) for period in range(1, PERIODS + 1)
        ]
    run = replayed(deal, Results(results=tuple(results)))
    assert run is not None
    paid = sum(line.amount for line in run.lines.values())
    assert paid <= 0 or not proved


@given(st.data(), deals())
def test_a_line_that_never_falls_does_not(data: st.DataObject, deal: Deal) -> None:
    results = data.draw(results_within(deal))
    name = data.draw(st.sampled_from(sorted(deal.outcomes)))
    period = data.draw(st.integers(1, PERIODS))
    outcome = deal.outcomes[name]
    assert outcome.bounds is not None and outcome.bounds.value is not None
    most = outcome.bounds.value.most
    better = []
    for result in results.results:
        if (result.outcome, result.period) == (name, period):
            steps = int((most - result.value) / outcome.tick)
            value = result.value + data.draw(st.integers(0, steps)) * outcome.tick
            result = result.model_copy(update={"value": value})
        better.append(result)
    alone = deal.model_copy(update={"ceiling": None, "ceilings": a_deal().ceilings})
    before, after = replayed(alone, results), replayed(alone, Results(results=tuple(better)))
    if before is None or after is None:
        return
    for reach in reaches_of(alone):
        totals = [
            sum(run.amount(number, reach.name) for number in range(1, PERIODS + 1))
            for run in (before, after)
        ]
        trend = trend_of(reach.first, Question(name, reach.scope)).total
        if trend is Direction.UP:
            assert totals[0] <= totals[1]
        if trend is Direction.DOWN:
            assert totals[0] >= totals[1]
        if trend is Direction.FLAT:
            assert totals[0] == totals[1]


@given(st.data(), deals())
def test_no_line_pays_less_where_the_sentence_says_so(data: st.DataObject, deal: Deal) -> None:
    """Under no limit over lines, with the sentence that names every line."""
    alone = deal.model_copy(update={"ceiling": None, "ceilings": a_deal().ceilings})
    said = [f.what for f in prove(alone) if isinstance(f, Proved) and f.topic == "monotone"]
    if not any(what.startswith("No line ever pays less") for what in said):
        return
    results = data.draw(results_within(alone))
    name = data.draw(st.sampled_from(sorted(set(alone.outcomes) - {"served"}) or ["served"]))
    if name == "served":
        return
    period, outcome = data.draw(st.integers(1, PERIODS)), alone.outcomes[name]
    assert outcome.bounds is not None and outcome.bounds.value is not None
    best = outcome.bounds.value.most if outcome.better == "higher" else outcome.bounds.value.least
    better = Results(
        results=tuple(
            result.model_copy(update={"value": best})
            if (result.outcome, result.period) == (name, period)
            else result
            for result in results.results
        )
    )
    before, after = replayed(alone, results), replayed(alone, better)
    if before is None or after is None:
        return
    for term in alone.payments:
        totals = [
            sum(run.amount(number, term.name) for number in range(1, PERIODS + 1))
            for run in (before, after)
        ]
        assert totals[0] <= totals[1]


@given(deals())
def test_trees_that_are_reused_are_those_of_their_period(deal: Deal) -> None:
    for reach in reaches_of(deal):
        for period in reach.periods:
            compiled = compile_term(reach.relaxed, deal=deal, period=period)
            assert reach.tree(period) == compiled.whole()


@given(deals())
def test_every_deal_without_problems_can_be_proved_about(deal: Deal) -> None:
    findings = prove(deal)
    assert {"no-success", "liability", "monotone", "cliff"} <= {one.topic for one in findings}
    for finding in findings:
        assert finding.what.endswith((".", ")")) and "None" not in finding.what
