"""Blocks of worlds told from recorded steps are those of the plain way, or go it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest

from payforsuccess.finance.simulate import simulate as module
from payforsuccess.finance.simulate.drivers import NormalScores
from payforsuccess.finance.simulate.recorded import blocks as recording
from payforsuccess.finance.simulate.recorded.blocks import Blocks
from payforsuccess.finance.simulate.recorded.columns import Column, NotRecorded, of_each
from payforsuccess.finance.simulate.recorded.program import Differs, Program
from payforsuccess.finance.simulate.simulate import Simulation, simulate
from tests.lib.assumed import MADE_UP, a_count, assumed
from tests.lib.deals import a_term
from tests.rooms.finance.test_simulate import BETA, history, varied

WORLDS, SIZE = 1024, 256
DUST = 1e-3
"""What the plain way may skip, in minor units (`waterfall.worlds`)."""


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of 256 worlds, of which 32 are recorded, however few worlds there are."""
    monkeypatch.setattr(module, "BLOCK", SIZE)
    monkeypatch.setattr(recording, "SAMPLE", 32)
    monkeypatch.setattr(recording, "LEAST_WORLDS", 0)


def both_ways(
    monkeypatch: pytest.MonkeyPatch, run: Callable[[], Simulation]
) -> tuple[Simulation, Simulation, list[str]]:
    """The same worlds from recorded steps and the plain way, and how each block was told."""
    went: list[str] = []
    taken = Program.run

    def watched(self: Program, brought: Any) -> Mapping[str, Any]:
        try:
            told = taken(self, brought)
        except Differs:
            went.append("differs")
            raise
        went.append("steps")
        return told

    monkeypatch.setattr(Program, "run", watched)
    again = run()
    monkeypatch.setattr(recording, "LEAST_WORLDS", WORLDS * 10)
    return again, run(), went


def same(one: Simulation, other: Simulation, *, within: float = 0.0) -> None:
    """Every number that is told of every world."""
    assert one.names == other.names
    for name in one.names:
        for mine, theirs in zip(one.columns(name), other.columns(name), strict=True):
            assert mine.dtype == theirs.dtype
            np.testing.assert_allclose(mine, theirs, rtol=0, atol=within, err_msg=name)


CORRELATED = [{"between": ["homes", "reduction"], "is": "0.6", **MADE_UP}]
GATE = {
    "name": "gate",
    "says": "Sixteen people by mid-2026",
    "on": "2026-06-30",
    "enrolled_at_least": "16",
    "not_met": "ends-services",
}
ENDS = {"triggers": [GATE]}
CUT = {"ceilings": {"each_period": "6000", "cut": "last-first"}, "ceiling": "9000"}
DEALS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "everything varies": ({}, {}),
    "correlated": ({}, {"correlations": CORRELATED}),
    "a trigger ends services": (ENDS, {}),
    "ceilings over all lines": (CUT, {}),
    "chance by Poisson": (
        {"payments": [a_term(price="800.55")]},
        {"outcomes": {"homes": a_count("0.5", spread=BETA, chance="poisson")}},
    ),
    "draws without bounds": (
        {"payments": [a_term(price="800")], "outcomes": {}},
        {"outcomes": {"homes": a_count("0.5", spread={"shape": "lognormal", "sd": "0.2"})}},
    ),
}


@pytest.mark.parametrize("name", DEALS)
def test_taken_again_the_steps_give_what_the_plain_way_gives_to_the_bit(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes, varies = DEALS[name]
    deal, assumptions = history(**changes), varied(**varies)
    again, plain, went = both_ways(
        monkeypatch, lambda: simulate(deal, assumptions, seed=7, worlds=WORLDS, scrambles=2)
    )
    assert went.count("steps") >= 4
    same(again, plain, within=0.0 if name != "ceilings over all lines" else DUST)


def test_what_cannot_be_recorded_goes_the_plain_way(monkeypatch: pytest.MonkeyPatch) -> None:
    cut = {"ceilings": {"each_period": "6000", "cut": "pro-rata"}, "ceiling": "9000"}
    again, plain, went = both_ways(
        monkeypatch,
        lambda: simulate(history(**cut), varied(), seed=7, worlds=WORLDS, scrambles=1),
    )
    assert went == []
    same(again, plain)


def test_a_last_block_of_another_size_goes_the_plain_way(monkeypatch: pytest.MonkeyPatch) -> None:
    again, plain, went = both_ways(
        monkeypatch,
        lambda: simulate(history(), varied(), seed=7, worlds=600, scrambles=1, points="plain"),
    )
    assert went == ["steps", "steps"]
    same(again, plain)


def test_few_worlds_are_not_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "LEAST_WORLDS", WORLDS + 1)
    *_, went = both_ways(
        monkeypatch,
        lambda: simulate(history(), varied(), seed=7, worlds=WORLDS, scrambles=1),
    )
    assert went == []


def told_by(way: Callable[[Any], Any], *blocks: list[float]) -> list[list[float]]:
    """What a way tells of blocks of its one driver, from recorded steps where they hold."""

    def whole(points: Any, are_paid: Callable[[], None]) -> Mapping[str, Any]:
        return {"told": way(points.score(0))}

    size = len(blocks[0])
    told = Blocks(whole, root=np.eye(1), blocks=len(blocks), size=size)
    points = [NormalScores(np.array([block]), size) for block in blocks]
    return [list(np.broadcast_to(told.tell(each)["told"], size)) for each in points]


def test_a_block_that_is_not_like_the_recorded_one_goes_the_plain_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What asks whether any number differs from 0 answers for its own block."""
    monkeypatch.setattr(recording, "SAMPLE", 1)

    def way(scores: Any) -> Any:
        return scores * 2.0 if (scores > 1).any() else scores * 3.0

    assert told_by(way, [0.0, 0.5], [0.0, 2.0], [1.0, 0.25]) == [[0, 1.5], [0, 4], [3, 0.75]]


def test_steps_that_fit_too_few_blocks_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "SAMPLE", 1)
    tried = []

    def way(scores: Any) -> Any:
        if not isinstance(scores, Column):
            tried.append(scores[1])
        return scores + (1.0 if (scores > 1).any() else 0.0)

    others = [[0.0, 2.0]] * 5
    found = told_by(way, [0.0, 0.5], *others)
    assert found == [[0, 0.5], *[[1, 3]] * 5]
    assert len(tried) == 5


def test_only_what_holds_of_every_block_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the recorded worlds none is above 10; of a later block one is."""
    monkeypatch.setattr(recording, "SAMPLE", 1)

    def way(scores: Any) -> Any:
        excess = np.maximum(scores - 10.0, 0.0)
        return scores if np.max(excess) <= 0 else scores - excess

    assert told_by(way, [1.0, 2.0], [3.0, 40.0]) == [[1, 2], [3, 10]]


def test_whole_numbers_stay_whole_however_they_are_kept() -> None:
    """Products that floating point would round are worked out as integers."""
    large = 2**30 + 1

    def way(scores: Any) -> Any:
        whole = np.floor(np.clip(scores, -4.0, 4.0) * 1e6).astype(np.int64)
        return (whole * large + 1) // 7 - np.where(whole > 0, whole, -whole)

    blocks = [[0.123456789, -3.9], [3.999999999, 2.5]]
    sizes = [list(way(np.array(block))) for block in blocks]
    told = Blocks(
        lambda points, are_paid: {"told": way(points.score(0))},
        root=np.eye(1),
        blocks=2,
        size=64,
    )
    for block, expected in zip(blocks, sizes, strict=True):
        rows = np.tile(np.array(block), 32)[None, :]
        found = told.tell(NormalScores(rows, 64))["told"]
        assert found.dtype == np.int64
        assert list(found[:2]) == expected


def test_functions_that_numpy_does_not_hand_on_are_taken_again() -> None:
    def way(scores: Any) -> Any:
        return of_each(lambda one, two: np.asarray(one) ** 2 + two, scores, 1.0)

    ones, twos = [1.0] * 64, [2.0] * 64
    assert told_by(way, ones, twos) == [[2.0] * 64, [5.0] * 64]


LEAVES: tuple[Callable[[Any], Any], ...] = (
    bool,
    float,
    list,
    np.asarray,
    np.sort,
    np.add.accumulate,
    np.mean,
    lambda column: column.sum(),
    lambda column: column[0],
    lambda column: np.zeros(3)[column],
    lambda column: np.zeros(len(column)).__setitem__(column > 0, 1.0),
)


def test_a_column_cannot_leave_the_steps_unseen() -> None:
    seen = []

    def way(scores: Any) -> Any:
        if isinstance(scores, Column):
            for leave in LEAVES:
                with pytest.raises(NotRecorded):
                    leave(scores)
                seen.append(leave)
        return scores + 1.0

    assert told_by(way, [1.0] * 64) == [[2.0] * 64]
    assert len(seen) == len(LEAVES)


def test_an_unbounded_number_is_held_to_what_was_recorded() -> None:
    """A bound that no block may pass: one that does goes the plain way."""

    def way(scores: Any) -> Any:
        return scores * 0.0 + (1.0 if int(scores.max()) < 2**40 else 2.0)

    small, large = [1.0] * 64, [2.0**41] * 64
    assert told_by(way, small, large) == [[1.0] * 64, [2.0] * 64]


def test_a_deal_in_which_nothing_varies_is_recorded_as_numbers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    still = assumed(outcomes={"homes": a_count("0.5")})
    deal = history(payments=[a_term(price="800")], outcomes={})
    again, plain, _ = both_ways(
        monkeypatch, lambda: simulate(deal, still, seed=1, worlds=WORLDS, scrambles=1)
    )
    same(again, plain)
