"""Randomisation tests of people whom a sealed list tells to have been drawn in blocks."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from payforsuccess.deal.estimates import Estimate
from payforsuccess.evaluation import estimate_effect
from payforsuccess.evaluation.designs.sample import BLOCK, BLOCK_PLACES, BLOCK_TREATED
from tests.lib.studies import EVIDENCE, PLAN
from tests.rooms.evaluation.designs.plans import a_plan

CHANCE: dict[str, Any] = {"test": "randomisation", "draws": 9_999, "seed": 3}
BLOCKED: dict[str, Any] = {**CHANCE, "assignment": "blocked", "block_size": "2"}


def pairs(count: int = 8, *, lost: int = 0) -> pa.Table:
    """Blocks of two, one of each treated; the level of a block is wide, the effect small."""
    rng = np.random.default_rng(6)
    block = np.repeat(np.arange(count), 2)
    treated = np.concatenate([rng.permutation([True, False]) for _ in range(count)])
    quantity = 20 * block + 1.5 * treated + rng.normal(0, 1, 2 * count)
    rows = pa.table(
        {
            "arm": np.where(treated, "aid", "none"),
            "quantity": quantity,
            "status": ["known"] * len(block),
            BLOCK: block + 5,
            BLOCK_PLACES: np.full(len(block), 2),
            BLOCK_TREATED: np.full(len(block), 1),
        }
    )
    return rows.slice(lost)


def estimated(rows: pa.Table, **changes: Any) -> Estimate:
    return estimate_effect(a_plan(PLAN, **changes), rows, name="days", evidence=EVIDENCE)


def p_value(estimate: Estimate) -> float:
    assert estimate.test is not None
    return float(estimate.test.p_value)


def test_people_are_drawn_again_within_their_blocks() -> None:
    """Of 256 ways to turn eight pairs: those with a gap at least as large as was found."""
    rows = pairs()
    values = np.array(rows["quantity"]).reshape(8, 2)
    signs = np.where(np.array(rows["arm"]).reshape(8, 2)[:, 0] == "aid", 1, -1)
    gaps = signs * (values[:, 0] - values[:, 1])
    every = np.array([abs(np.dot(turn, gaps)) for turn in product((1, -1), repeat=8)])
    exact = (every >= abs(gaps.sum()) - 1e-9).mean()

    in_blocks, among_all = (
        estimated(rows, **BLOCKED),
        estimated(rows.drop_columns([BLOCK, BLOCK_PLACES, BLOCK_TREATED]), **BLOCKED),
    )
    assert p_value(in_blocks) == pytest.approx(exact, abs=0.006)
    assert p_value(among_all) > 0.5
    assert not any("not known here" in note for note in in_blocks.notes)
    assert any(
        "drawn in blocks that are not known here, so the randomisation test draws among everyone"
        in note
        for note in among_all.notes
    )


def test_who_is_left_of_a_block_takes_either_of_its_places() -> None:
    rows = pairs(lost=1)
    values = np.array(rows["quantity"])
    aid = np.array(rows["arm"]) == "aid"

    def gap(treated: np.ndarray) -> float:
        return abs(values[treated].mean() - values[~treated].mean())

    every = []
    for turn in product((False, True), repeat=8):
        both = np.array([[one, not one] for one in turn]).ravel()
        every.append(gap(both[1:]))
    exact = (np.array(every) >= gap(aid) - 1e-9).mean()

    assert p_value(estimated(rows, **BLOCKED)) == pytest.approx(exact, abs=0.02)


def test_whole_clusters_are_drawn_again_within_their_blocks() -> None:
    rows = pairs(20)
    town = pa.array(np.arange(40).astype(float))
    alone = p_value(estimated(rows, **BLOCKED))
    doubled = pa.concat_tables([rows.append_column("town", town)] * 2)
    clustered = {"assignment": "clustered", "cluster": "town", "standard_errors": "cr1"}

    assert p_value(estimated(doubled, **CHANCE, **clustered)) == pytest.approx(alone, abs=0.02)


def test_plans_that_draw_no_one_again_need_no_blocks() -> None:
    rows = pairs().drop_columns([BLOCK, BLOCK_PLACES, BLOCK_TREATED])
    wald = estimated(rows, assignment="blocked", block_size="2", test="wald")

    assert not any("not known here" in note for note in wald.notes)
