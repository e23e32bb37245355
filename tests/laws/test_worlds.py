"""The payment terms over many worlds equal the statements' own reading, world by world."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Fact, GroupValue, Result, Results
from payforsuccess.errors import Refusal
from payforsuccess.payments.book import open_book
from payforsuccess.payments.replay import replay
from payforsuccess.payments.worlds import WorldInputs, entitlements
from payforsuccess.units import exact
from tests.laws.test_every_kind import HUNG, PERIODS, Table, every_kind, hung_on, some, tables
from tests.lib.deals import a_deal, a_term, an_outcome
from tests.lib.settling import columns, history_of, replayed

WORLDS = 4
FINE_BANDS = [
    {"below": "20", "pays": "0"},
    {"from": "20", "pays": "3200", "then_per_unit": "160.123"},
]
"""A tenth of a percent comes to 16.0123: amounts that fall due together are rounded once."""


def many(deal: Deal, worlds: Sequence[Table]) -> WorldInputs:
    """The worlds' tables as columns of whole smallest steps."""
    ticks: dict[tuple[str, str, str], Any] = {}
    for name, outcome in deal.outcomes.items():
        for period in range(1, deal.schedule.count + 1):
            values = [table[name][period - 1] for table in worlds]
            steps = [int(exact(value) / outcome.tick) for value in values]
            ticks[(name, f"period {period}", "")] = np.array(steps, dtype=np.int64)
    return WorldInputs(ticks, {}, {}, {})


def same(deal: Deal, worlds: Sequence[Table]) -> None:
    """Every line of every period is the same amount, to the cent, in each world."""
    found = entitlements(deal, many(deal, worlds))
    for at, table in enumerate(worlds):
        exactly = replayed(history_of(deal), columns(table), through=deal.schedule.count)
        told = {key: line.amount for key, line in exactly.lines.items()}
        ours = {key: int(np.broadcast_to(column, len(worlds))[at]) for key, column in found.items()}
        assert ours == told


def short(deal_changes: dict[str, Any], *terms: Any) -> Deal:
    """A deal of three quarters."""
    return a_deal(payments=list(terms), **{"ends_on": "2026-09-30", **deal_changes})


@every_kind
@some
@given(st.data())
def test_worlds_equal_statements_for_every_kind(kind: str, data: st.DataObject) -> None:
    name = data.draw(hung_on(kind))
    deal = short({"ceiling": "700"}, a_term(kind, **HUNG[name]))
    same(deal, [data.draw(tables(deal)) for _ in range(WORLDS)])


CUTS: list[dict[str, Any]] = [
    {"ceiling": "900"},
    {"ceilings": {"each_period": "500"}, "ceiling": "900"},
    {"ceilings": {"each_period": "500", "cut": "pro-rata"}, "ceiling": "900"},
    {"ceilings": {"cut": "pro-rata"}, "ceiling": "333.33"},
]


@pytest.mark.parametrize("changes", CUTS)
@some
@given(st.data())
def test_worlds_equal_statements_under_ceilings_over_several_lines(
    changes: dict[str, Any], data: st.DataObject
) -> None:
    after = [{"after": "unit-price", "otherwise": "held"}]
    deal = short(
        changes,
        a_term(),
        a_term("savings-share", reads="to-date", claws_back="true"),
        a_term("schedule", conditions=after, index={"yearly": "1.03"}),
    )
    same(deal, [data.draw(tables(deal)) for _ in range(WORLDS)])


POINTS = [
    {"name": "interim", "determined_by": "2026-05-01"},
    {"name": "final", "determined_by": "2026-08-01"},
]
TOGETHER = [POINTS[0], {**POINTS[1], "determined_by": "2026-05-20"}]


@pytest.mark.parametrize("points", [POINTS, TOGETHER])
@some
@given(st.data())
def test_worlds_equal_statements_at_measurement_points(
    points: list[dict[str, str]], data: st.DataObject
) -> None:
    facts = [{"fact": "certified", "otherwise": "lost"}]
    term = a_term("schedule", reads="points", points=points, conditions=facts, bands=FINE_BANDS)
    tenth = an_outcome("reduction", reported_as="point", tick="0.1", rounding="half-up")
    deal = short({"outcomes": {"reduction": tenth}}, term)
    values = st.integers(-1000, 1000)
    found = {point["name"]: [data.draw(values) for _ in range(WORLDS)] for point in points}
    holds = [data.draw(st.booleans()) for _ in range(WORLDS)]
    ours = entitlements(
        deal,
        WorldInputs(
            {
                ("reduction", f"point {name}", ""): np.array(ticks, dtype=np.int64)
                for name, ticks in found.items()
            },
            {"certified": np.array(holds, dtype=np.int64)},
            {},
            {},
        ),
    )
    for at in range(WORLDS):
        results = [
            Result(
                outcome="reduction",
                point=name,
                value=exact(f"{ticks[at]}/10"),
                facts=(Fact(name="certified", holds=holds[at]),),
            )
            for name, ticks in found.items()
        ]
        book = open_book(Results(results=tuple(results)))
        told = replay(history_of(deal), book, through=PERIODS)
        assert {key: int(column[at]) for key, column in ours.items()} == {
            key: line.amount for key, line in told.lines.items()
        }


@some
@given(st.data())
def test_worlds_equal_statements_for_significant_effects_and_subgroups(
    data: st.DataObject,
) -> None:
    deal = short(
        {},
        a_term("effect-price", significant_at="5%"),
        a_term(subgroups=[{"group": "veterans", "times": "1.5"}]),
    )
    worlds = [data.draw(tables(deal)) for _ in range(WORLDS)]
    chance = st.sampled_from(["0", "0.049", "0.05", "0.5"])
    p_values = [[data.draw(chance) for _ in range(WORLDS)] for _ in range(PERIODS)]
    plain = many(deal, worlds)
    parts = {
        (slot, "veterans"): column // 3
        for slot, column in plain.ticks.items()
        if slot[0] == "homes"
    }
    significant = {
        ("reduction", f"period {number}", ""): np.array([float(p) < 0.05 for p in row]) * 1
        for number, row in enumerate(p_values, 1)
    }
    ours = entitlements(deal, WorldInputs(plain.ticks, {}, significant, parts))
    for at, table in enumerate(worlds):
        results = []
        for name, values in table.items():
            for number, value in enumerate(values, 1):
                extra: dict[str, Any] = {}
                if name == "reduction":
                    extra["p_value"] = p_values[number - 1][at]
                if name == "homes":
                    part = str(int(value) // 3)
                    extra["groups"] = (GroupValue(group="veterans", value=part),)
                results.append(Result(outcome=name, period=number, value=value, **extra))
        told = replay(history_of(deal), open_book(Results(results=tuple(results))), through=PERIODS)
        assert {key: int(column[at]) for key, column in ours.items()} == {
            key: line.amount for key, line in told.lines.items()
        }


def test_a_term_that_needs_rows_by_person_is_refused() -> None:
    deal = short({}, a_term(ceiling_each_person="50"))
    with pytest.raises(Refusal, match="limits for each person"):
        entitlements(deal, WorldInputs({}, {}, {}, {}))
