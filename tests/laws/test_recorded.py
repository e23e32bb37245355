"""Recorded steps give what the plain way gives: payments to the unit, cash but for dust."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from payforsuccess.deal.deal import Deal
from payforsuccess.finance.moves import tranche
from payforsuccess.finance.simulate.drivers import NormalScores
from payforsuccess.finance.simulate.recorded.blocks import Brought, RecordedPoints
from payforsuccess.finance.simulate.recorded.bounds import bounds_of
from payforsuccess.finance.simulate.recorded.columns import NotRecorded
from payforsuccess.finance.simulate.recorded.program import Differs, Program
from payforsuccess.finance.simulate.recorded.steps import Recorder
from payforsuccess.finance.waterfall import Worlds
from payforsuccess.payments.worlds import WorldInputs, entitlements
from tests.laws.test_every_kind import HUNG, every_kind, hung_on, tables
from tests.laws.test_waterfall import World, a_calendar, deals, flows_in, worlds
from tests.laws.test_worlds import many, short
from tests.lib.deals import a_term

MANY, RECORDED = 6, 2
DUST = 1e-3
few = settings(max_examples=max(settings.default.max_examples // 5, 8))


def both(way: Callable[[Any], Mapping[str, Any]], rows: Any) -> tuple[Any, Any] | None:
    """What a way tells of worlds, recorded on the first few and plain; None if it cannot be."""
    points, root = NormalScores(rows, rows.shape[1]), np.eye(1)
    recorder = Recorder(RECORDED)
    try:
        program = Program(recorder, way(RecordedPoints(recorder, points, root)), points.worlds)
        again = program.run(Brought(points, root))
    except (NotRecorded, Differs):
        return None
    return again, way(points)


@every_kind
@few
@given(st.data())
def test_payments_from_recorded_steps_are_the_same_units(kind: str, data: st.DataObject) -> None:
    name = data.draw(hung_on(kind))
    deal = short({"ceiling": "700"}, a_term(kind, **HUNG[name]))
    inputs = many(deal, [data.draw(tables(deal)) for _ in range(MANY)])
    keys = list(inputs.ticks)

    def way(points: Any) -> Mapping[str, Any]:
        ticks = {key: np.floor(points.score(at)).astype(np.int64) for at, key in enumerate(keys)}
        lines = entitlements(deal, WorldInputs(ticks, {}, {}, {}))
        return {f"{number} {term}": column for (number, term), column in lines.items()}

    found = both(way, np.array([inputs.ticks[key] for key in keys], dtype=np.float64))
    if found is None:
        return
    again, plain = found
    for name, column in plain.items():
        assert np.array_equal(again[name], np.broadcast_to(column, MANY)), name


def in_a_row(world: World) -> list[float]:
    """All numbers of a world."""
    paid = [amount for day in world.pays for amount in day]
    return [float(each) for each in (*world.costs, *world.deferred, *paid, world.on_track)]


def out_of_rows(points: Any) -> Any:
    """Worlds side by side, from their numbers."""
    rows = [points.score(at) for at in range(4 + 4 + 12 + 1)]
    pays = tuple(tuple(rows[8 + 3 * day : 11 + 3 * day]) for day in range(4))
    return World(tuple(rows[:4]), tuple(rows[4:8]), pays, rows[20] > 0)


@few
@given(deals(), st.lists(worlds(), min_size=MANY, max_size=MANY))
def test_cash_from_recorded_steps_is_the_same_but_for_dust(deal: Deal, many: list[World]) -> None:
    calendar = a_calendar(deal)

    def way(points: Any) -> Mapping[str, Any]:
        flows = flows_in(deal, calendar, out_of_rows(points), Worlds())
        return {
            f"{layer.name} on day {at}": amount
            for layer in deal.capital
            for at, amount in enumerate(flows.net(tranche(layer.name), len(calendar.days)))
        }

    found = both(way, np.array([in_a_row(world) for world in many]).T)
    assert found is not None
    again, plain = found
    for name, column in plain.items():
        np.testing.assert_allclose(again[name], np.broadcast_to(column, MANY), rtol=0, atol=DUST)


UFUNCS = (
    np.add,
    np.subtract,
    np.multiply,
    np.true_divide,
    np.minimum,
    np.maximum,
    np.copysign,
    np.floor,
    np.negative,
    np.absolute,
    np.sign,
    np.greater,
)
numbers = st.floats(-1e9, 1e9, allow_subnormal=False)
spans = st.tuples(numbers, numbers).map(sorted)


@pytest.mark.parametrize("ufunc", UFUNCS, ids=lambda ufunc: ufunc.__name__)
@given(spans, spans, st.floats(0, 1), st.floats(0, 1))
def test_a_result_lies_within_the_bounds_of_its_operands(
    ufunc: Any, one: list[float], other: list[float], here: float, there: float
) -> None:
    def inside(ends: list[float], share: float) -> float:
        return min(max(ends[0] + (ends[1] - ends[0]) * share, ends[0]), ends[1])

    operands = [inside(one, here), inside(other, there)][: ufunc.nin]
    with np.errstate(all="ignore"):
        found = float(ufunc(*operands))
    least, most = bounds_of(ufunc, *[(one[0], one[1]), (other[0], other[1])][: ufunc.nin])
    assert least <= found <= most or np.isnan(found)
