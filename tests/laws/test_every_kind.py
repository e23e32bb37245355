"""What holds for every kind of payment term, with and without what may be hung on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Results, Statement
from payforsuccess.payments.facts import (
    left_as_stated,
    old_book,
    stated_before,
    used_by_payors,
)
from payforsuccess.payments.history import DealHistory
from payforsuccess.payments.replay import replay
from payforsuccess.payments.statement_lines import payors_of
from payforsuccess.units import exact_text
from tests.lib.deals import COUNTY, TERMS, a_deal, a_term, two_payors
from tests.lib.settling import (
    a_result,
    a_statement,
    an_amendment,
    columns,
    history_of,
    paid,
    replayed,
)

PERIODS = 3
CEILING = 700
HUNG: dict[str, dict[str, Any]] = {
    "plain": {},
    "a ceiling": {"ceiling": "450"},
    "a ceiling each period": {"ceiling_each_period": "300"},
    "carry-forward": {"ceiling_each_period": "200", "carry_until": "2026-08-01"},
    "a floor": {"floor_each_period": "20", "ceiling": "300"},
    "rounded down": {"rounding": "down"},
    "lost unless": {"conditions": [{"outcome": "days", "at_least": "2000", "otherwise": "lost"}]},
    "held until": {"conditions": [{"outcome": "days", "at_least": "2000", "otherwise": "held"}]},
    "once met": {
        "conditions": [
            {"outcome": "days", "at_least": "3000", "otherwise": "held", "held": "once-met"}
        ]
    },
    "netted": {"net_of": "saved"},
    "to date": {"reads": "to-date"},
    "clawed back": {"reads": "to-date", "claws_back": "true"},
}
NOT_TO_DATE = ("coupon", "withhold")
CASES = [
    (kind, name)
    for kind in TERMS
    for name, keys in HUNG.items()
    if not (keys.get("reads") == "to-date" and kind in NOT_TO_DATE)
]
every_kind = pytest.mark.parametrize("kind", TERMS)
# Each example replays a deal many times: fewer of them for each kind, and more in a deep search.
some = settings(max_examples=max(settings.default.max_examples // 4, 10))


def hung_on(kind: str) -> st.SearchStrategy[str]:
    """What may be hung on a kind, by name."""
    return st.sampled_from([name for each, name in CASES if each == kind])


Table = dict[str, list[str]]


def the_deal(kind: str, name: str, **changes: Any) -> Deal:
    usual: dict[str, Any] = {"ceiling": str(CEILING), **two_payors(share="37%", ceiling="200")}
    return a_deal(payments=[a_term(kind, **HUNG[name])], **{**usual, **changes})


@st.composite
def tables(draw: st.DrawFn, deal: Deal) -> Table:
    """A value for each outcome that is read, in each period; milestones come in order."""
    table: Table = {}
    for name, outcome in deal.outcomes.items():
        assert outcome.bounds is not None and outcome.bounds.value is not None
        least, most = outcome.bounds.value.least, outcome.bounds.value.most
        # small values are as likely as large ones, so that ceilings bind and do not
        top = draw(st.sampled_from((most, least + (most - least) / 20)))
        steps = st.integers(int(least / outcome.tick), int(top / outcome.tick))
        table[name] = [exact_text(draw(steps) * outcome.tick) for _ in range(PERIODS)]
    if "kept" in table:
        pairs = zip(table["homes"], table["kept"], strict=True)
        table["kept"] = [str(min(int(home), int(kept))) for home, kept in pairs]
    return table


def through(table: Table, periods: int) -> Table:
    return {name: values[:periods] for name, values in table.items()}


def state(deal: Deal | DealHistory, seen: Sequence[Table]) -> list[Statement]:
    """One statement a period, each on what was then known."""
    history = history_of(deal)
    statements: list[Statement] = []
    for number, table in enumerate(seen, 1):
        found = through(table, min(number, PERIODS))
        statements.append(
            a_statement(history, found, period=min(number, PERIODS), earlier=statements)
        )
    return statements


def adds_up(deal: Deal | DealHistory, table: Table, statements: Sequence[Statement]) -> None:
    """What was stated is what the last results come to, line by line."""
    entitled = replayed(history_of(deal), columns(table), through=PERIODS)
    sums = stated_before(statements)
    for key, line in entitled.lines.items():
        assert sums.pop(key, 0) == line.amount
    assert not any(sums.values())


@every_kind
@some
@given(st.data())
def test_statements_add_up_to_the_entitlement_whatever_is_corrected(
    kind: str, data: st.DataObject
) -> None:
    deal = the_deal(kind, data.draw(hung_on(kind)))
    seen = [data.draw(tables(deal)) for _ in range(PERIODS + 1)]
    statements = state(deal, seen)
    adds_up(deal, seen[-1], statements)
    total = sum(statement.total for statement in statements)
    assert 0 <= total <= CEILING * 100
    ceiling = deal.payments[0].ceiling
    assert ceiling is None or total <= ceiling * 100
    county = sum(statement.payor_totals().get(COUNTY, 0) for statement in statements)
    assert county <= 200_00
    for number, statement in enumerate(statements):
        checks_out(history_of(deal), statements[: number + 1])
        assert statement.total == sum(line.amount for line in statement.lines)


def checks_out(history: DealHistory, statements: Sequence[Statement]) -> None:
    """The last statement reads back, comes out again from itself, and its payors add up."""
    *earlier, statement = statements
    again = Statement.model_validate(statement.model_dump(mode="json"))
    assert again.fingerprint == statement.fingerprint
    stated = stated_before(statements)
    found = replay(
        history,
        old_book(statement),
        through=statement.period,
        as_of=statement.as_of,
        pinned=left_as_stated(statement, stated),
    )
    for key in {*found.lines, *stated}:
        assert found.amount(*key) == stated.get(key, 0)
    used = used_by_payors(earlier)
    for line in sorted(statement.lines, key=lambda line: line.cause is None):
        assert sum(part.amount + part.unfunded for part in line.payors) == line.amount
        assert line.payors == payors_of(
            (line.period, line.term),
            line.amount,
            is_correction=line.cause is not None,
            deal=history.governing(history.schedule.period(line.period)),
            earlier=earlier,
            used=used,
        )
        for part in line.payors:
            used[part.payor] = used.get(part.payor, 0) + part.amount


@every_kind
@some
@given(st.data())
def test_a_correction_prints_one_line_in_its_period_and_knock_ons_only_later(
    kind: str, data: st.DataObject
) -> None:
    deal = the_deal(kind, data.draw(hung_on(kind)))
    before, other = data.draw(tables(deal)), data.draw(tables(deal))
    changed = data.draw(st.integers(0, PERIODS - 1))
    after = {
        key: [other[key][at] if at == changed else value for at, value in enumerate(values)]
        for key, values in before.items()
    }
    if kind == "milestones":
        after = other if changed == 0 else before
    last = state(deal, [before] * PERIODS + [after])[-1]
    own = [line for line in last.lines if line.cause == "correction"]
    knock_ons = [line for line in last.lines if line.cause == "knock-on"]
    assert len(own) + len(knock_ons) == len(last.lines)
    if kind != "milestones":
        assert [line.period for line in own] in ([], [changed + 1])
        assert all(line.period > changed + 1 for line in knock_ons)
        assert all(f"in period {changed + 1}" in line.because for line in knock_ons)


@every_kind
@some
@given(st.data())
def test_the_order_of_results_and_stating_again_change_nothing(
    kind: str, data: st.DataObject
) -> None:
    deal = the_deal(kind, data.draw(hung_on(kind)))
    found = columns(data.draw(tables(deal))).results
    shuffled = Results(results=tuple(data.draw(st.permutations(found))))
    one = a_statement(deal, Results(results=found), period=PERIODS)
    assert one == a_statement(deal, Results(results=found), period=PERIODS)
    assert one.fingerprint == a_statement(deal, shuffled, period=PERIODS).fingerprint
    nothing = a_statement(deal, shuffled, period=PERIODS, earlier=[one])
    assert (nothing.lines, nothing.total) == ((), 0)


@every_kind
@some
@given(st.data())
def test_nothing_is_due_at_no_success(kind: str, data: st.DataObject) -> None:
    """R6, at every number of people."""
    deal = the_deal(kind, "plain")
    table = {
        name: [exact_text(outcome.no_success)] * PERIODS
        if outcome.type != "activity"
        else [str(data.draw(st.integers(0, 50)))] * PERIODS
        for name, outcome in deal.outcomes.items()
    }
    assert paid(deal, table) == [0] * PERIODS


@pytest.mark.parametrize("kind", [kind for kind in TERMS if kind != "share-threshold"])
@some
@given(st.data())
def test_more_success_never_pays_less_to_date(kind: str, data: st.DataObject) -> None:
    names = ("plain", "a ceiling", "a ceiling each period", "carry-forward", "rounded down")
    deal = the_deal(kind, data.draw(st.sampled_from(names)))
    low, other = data.draw(tables(deal)), data.draw(tables(deal))
    high: Mapping[str, list[str]] = {
        key: [
            exact_text(max(Fraction(one), Fraction(two)))
            for one, two in zip(values, other[key], strict=True)
        ]
        for key, values in low.items()
    }
    worse, better = paid(deal, low), paid(deal, high)
    for period in range(1, PERIODS + 1):
        assert sum(worse[:period]) <= sum(better[:period])


@every_kind
@some
@given(st.data())
def test_amendments_keep_the_sums_whether_they_reach_back_or_not(
    kind: str, data: st.DataObject
) -> None:
    """An amendment from period 2 on, after period 2 was stated: it reaches back and says so."""
    name = data.draw(hung_on(kind))
    first = the_deal(kind, name)
    changed = an_amendment(
        payments=[a_term(kind, **{**HUNG[name], "ceiling": "150", "floor_each_period": None})],
        ceiling="300",
        in_force_from="2026-04-01",
        amendment={"retroactive": "true"},
        **two_payors(share="80%", ceiling="200"),
    )
    seen = [data.draw(tables(first)) for _ in range(PERIODS)]
    statements = state(first, seen[:2])
    both = history_of([first, changed])
    statements.append(a_statement(both, seen[2], period=3, earlier=statements))
    adds_up(both, seen[2], statements)
    checks_out(both, statements)
    before = sum(a.amount for s in statements[:2] for a in s.lines)
    total = sum(statement.total for statement in statements)
    assert total <= max(300_00, before, CEILING * 100)


@every_kind
@some
@given(st.data(), st.sampled_from(("last-first", "pro-rata")))
def test_ceilings_over_two_lines_are_never_passed(kind: str, data: st.DataObject, cut: str) -> None:
    lines = [a_term(kind, name="one"), a_term("unit-price", price="7.77", name="other")]
    deal = a_deal(payments=lines, ceiling="900", ceilings={"each_period": "400", "cut": cut})
    table = data.draw(tables(deal))
    each = paid(deal, table)
    alone = {n: paid(deal, table, term=n) for n in ("one", "other")}
    assert all(0 <= amount <= 400_00 for amount in each)
    assert sum(each) <= 900_00
    assert all(amount >= 0 for amounts in alone.values() for amount in amounts)


@given(st.data())
def test_finality_never_lets_a_ceiling_be_passed(data: st.DataObject) -> None:
    """Whatever can no longer be corrected, nothing later makes up for it."""
    from datetime import date

    deal = history_of(
        a_deal(
            payments=[a_term(price="10", ceiling="500")],
            finality={"look_back": "6 months", "materiality": "30", "final_on": "2028-12-31"},
        )
    )
    days = [date(2026, 4, 10), date(2026, 6, 30), date(2026, 10, 1), date(2027, 1, 20)]
    counts = st.lists(st.integers(0, 40), min_size=4, max_size=4)
    statements: list[Statement] = []
    for number, day in enumerate(days, 1):
        values = {"homes": [str(n) for n in data.draw(counts)][:number]}
        statements.append(a_statement(deal, values, period=number, as_of=day, earlier=statements))
        checks_out(deal, statements)
        assert 0 <= sum(statement.total for statement in statements) <= 500_00
        for line in statements[-1].lines:
            assert line.cause is None or abs(line.amount) >= 30_00


def test_results_of_other_outcomes_change_nothing() -> None:
    deal = the_deal("unit-price", "plain")
    extra = columns({"homes": ["3"]}, a_result("homes", "9", period=2))
    assert a_statement(deal, extra).total == a_statement(deal, {"homes": ["3"]}).total
